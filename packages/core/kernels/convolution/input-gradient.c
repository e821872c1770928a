/* Gradient of a convolution with respect to its images. */
#include "arrays/floats.h"
#include "convolution/convolve.h"
#include "convolution/spread.h"
#include "convolution/windows.h"
#include "dense/matrix.h"
#include "level.h"

/* Of the image positions phase, phase + stride, … of one axis: which kernel taps see them, and from where. */
struct phase {
  size_t taps, lastTap, places;
  ptrdiff_t pad;
};

static struct phase phase_of(size_t phase, size_t stride, size_t pad, size_t kernel,
                             size_t extent) {
  const size_t firstTap = (phase + pad) % stride;
  const size_t taps = firstTap < kernel ? (kernel - firstTap + stride - 1) / stride : 0;
  return (struct phase){
      .taps = taps,
      .lastTap = firstTap + (taps - 1) * stride,
      .places = phase < extent ? (extent - phase + stride - 1) / stride : 0,
      .pad = (ptrdiff_t)taps - 1 - (ptrdiff_t)((phase + pad) / stride),
  };
}

/*
 * With stride 1 the convolution of dy, zeros around it, with the turned weights. With a larger stride only every
 * stride-th tap meets an output; which ones depends on the image position modulo the stride, its phase, and each phase
 * is a convolution with stride 1 and fewer taps.
 */
void KERNEL(conv2dInputGradient)(const float *dy, const float *w, float *dx, uint32_t rows,
                                 const struct convolution_geometry *geometry) {
  const struct convolution_geometry g = *geometry;
  const struct weight_steps steps = weight_steps_of(&g);
  const struct spread s = {
      .height = g.outHeight,
      .width = g.outWidth,
      .channels = g.filters,
      .outHeight = g.height,
      .outWidth = g.width,
      .outChannels = g.channels,
      .kernelHeight = g.kernelHeight,
      .kernelWidth = g.kernelWidth,
      .strideY = g.strideY,
      .strideX = g.strideX,
      .padTop = (ptrdiff_t)g.padTop,
      .padLeft = (ptrdiff_t)g.padLeft,
  };
  if (spread_pays(&s, dy, rows, w)) {
    const struct spread_weights weights = {w, steps.row, steps.pixel, (ptrdiff_t)g.filters, 1};
    spread_packed(dy, rows, &s, &weights, dx);
    return;
  }
  const size_t rowStep = (size_t)g.width * g.channels;
  if (g.kernelHeight < g.strideY || g.kernelWidth < g.strideX) {
    fill_zeros(dx, rows * g.height * rowStep);
  }
  for (size_t phaseY = 0; phaseY < g.strideY; phaseY++) {
    const struct phase y = phase_of(phaseY, g.strideY, g.padTop, g.kernelHeight, g.height);
    for (size_t phaseX = 0; phaseX < g.strideX; phaseX++) {
      const struct phase x = phase_of(phaseX, g.strideX, g.padLeft, g.kernelWidth, g.width);
      if (y.taps * y.places * x.taps * x.places == 0) continue;
      const struct windows windows = {
          .height = g.outHeight,
          .width = g.outWidth,
          .channels = g.filters,
          .kernelHeight = y.taps,
          .kernelWidth = x.taps,
          .strideY = 1,
          .strideX = 1,
          .padTop = y.pad,
          .padLeft = x.pad,
          .outHeight = y.places,
          .outWidth = x.places,
      };
      const float *turned =
          w + (ptrdiff_t)y.lastTap * steps.row + (ptrdiff_t)x.lastTap * steps.pixel;
      const struct filters weights = {{turned, g.filters, BY_COLUMN},
                                      -steps.row * (ptrdiff_t)g.strideY,
                                      -steps.pixel * (ptrdiff_t)g.strideX,
                                      g.channels};
      const struct output output = {dx + phaseY * rowStep + phaseX * g.channels, g.height * rowStep,
                                    g.strideY * rowStep, g.strideX * g.channels};
      convolve(dy, rows, &windows, &weights, &output);
    }
  }
}
