/* Convolution of images with filters. */
#include "convolution/convolve.h"
#include "convolution/spread.h"
#include "convolution/windows.h"
#include "dense/matrix.h"
#include "level.h"

void KERNEL(conv2d)(const float *x, const float *w, float *y, uint32_t rows,
                    const struct convolution_geometry *geometry) {
  const struct windows windows = windows_of(geometry);
  const struct weight_steps steps = weight_steps_of(geometry);
  const size_t filters = geometry->filters;
  /* With stride 1 a pixel reaches places side by side, the farther back the later the tap. */
  const ptrdiff_t lastRow = (ptrdiff_t)windows.kernelHeight - 1;
  const ptrdiff_t lastColumn = (ptrdiff_t)windows.kernelWidth - 1;
  const struct spread s = {
      .height = windows.height,
      .width = windows.width,
      .channels = windows.channels,
      .outHeight = windows.outHeight,
      .outWidth = windows.outWidth,
      .outChannels = filters,
      .kernelHeight = windows.kernelHeight,
      .kernelWidth = windows.kernelWidth,
      .strideY = 1,
      .strideX = 1,
      .padTop = lastRow - windows.padTop,
      .padLeft = lastColumn - windows.padLeft,
  };
  if (windows.strideY == 1 && windows.strideX == 1 && spread_pays(&s, x, rows, w)) {
    const float *lastTap = w + steps.row * lastRow + steps.pixel * lastColumn;
    const struct spread_weights weights = {lastTap, -steps.row, -steps.pixel, 1,
                                           (ptrdiff_t)filters};
    spread_packed(x, rows, &s, &weights, y);
    return;
  }
  const struct filters weights = {{w, filters, BY_ROW}, steps.row, steps.pixel, filters};
  const size_t rowStep = windows.outWidth * filters;
  const struct output output = {y, windows.outHeight * rowStep, rowStep, filters};
  convolve(x, rows, &windows, &weights, &output);
}
