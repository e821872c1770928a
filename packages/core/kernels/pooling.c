/* Pooling of images [rows, height, width, channels]; loops run over the channels, which lie side by side. */
#include "level.h"

struct pooling {
  size_t height, width, channels;
  size_t poolHeight, poolWidth;
  size_t strideY, strideX;
  size_t padTop, padLeft;
  size_t outHeight, outWidth;
};

/* Taps first … end − 1 of a window in one direction lie inside; tap 0 is at `start`, perhaps before the image. */
struct span {
  ptrdiff_t start;
  size_t first, end;
};

static struct span span_of(size_t place, size_t stride, size_t pad, size_t size, size_t extent) {
  const ptrdiff_t start = (ptrdiff_t)(place * stride) - (ptrdiff_t)pad;
  const size_t room = (size_t)((ptrdiff_t)extent - start);
  return (struct span){start, start < 0 ? (size_t)-start : 0, smaller(size, room)};
}

/* The window of one output position. */
struct window {
  struct span y, x;
};

static struct window window_of(const struct pooling *p, size_t oy, size_t ox) {
  return (struct window){
      span_of(oy, p->strideY, p->padTop, p->poolHeight, p->height),
      span_of(ox, p->strideX, p->padLeft, p->poolWidth, p->width),
  };
}

static size_t taps_inside(const struct window *window) {
  return (window->y.end - window->y.first) * (window->x.end - window->x.first);
}

/* Channel 0 of a tap's pixel, in floats from the image's first. */
static size_t pixel_of(const struct pooling *p, const struct window *window, size_t ky, size_t kx) {
  const size_t y = (size_t)(window->y.start + (ptrdiff_t)ky);
  const size_t x = (size_t)(window->x.start + (ptrdiff_t)kx);
  return (y * p->width + x) * p->channels;
}

#define EACH_TAP(window)                                                                           \
  for (size_t ky = (window).y.first; ky < (window).y.end; ky++)                                    \
    for (size_t kx = (window).x.first; kx < (window).x.end; kx++)

static void max_window(const struct pooling *p, const struct window *window, const float *image,
                       float *restrict y, int32_t *restrict taps) {
  const size_t channels = p->channels;
  const size_t firstTap = window->y.first * p->poolWidth + window->x.first;
  const float *first = image + pixel_of(p, window, window->y.first, window->x.first);
  ELEMENTWISE for (size_t c = 0; c < channels; c++) {
    y[c] = first[c];
    taps[c] = (int32_t)firstTap;
  }
  EACH_TAP(*window) {
    const int32_t tap = (int32_t)(ky * p->poolWidth + kx);
    const float *pixel = image + pixel_of(p, window, ky, kx);
    ELEMENTWISE for (size_t c = 0; c < channels; c++) {
      const float best = y[c];
      const int32_t chosen = taps[c];
      const int greater = pixel[c] > best;
      y[c] = greater ? pixel[c] : best;
      taps[c] = greater ? tap : chosen;
    }
  }
}

void KERNEL(maxPool)(const float *x, float *y, int32_t *taps, uint32_t rows, uint32_t height,
                     uint32_t width, uint32_t channels, uint32_t poolHeight, uint32_t poolWidth,
                     uint32_t strideY, uint32_t strideX, uint32_t padTop, uint32_t padLeft,
                     uint32_t outHeight, uint32_t outWidth) {
  const struct pooling p = {height,  width,  channels, poolHeight, poolWidth, strideY,
                            strideX, padTop, padLeft,  outHeight,  outWidth};
  for (size_t r = 0; r < rows; r++) {
    const float *image = x + r * height * width * channels;
    for (size_t oy = 0; oy < outHeight; oy++) {
      for (size_t ox = 0; ox < outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        max_window(&p, &window, image, y, taps);
        y += channels;
        taps += channels;
      }
    }
  }
}

void KERNEL(maxPoolGradient)(const float *dy, const int32_t *taps, float *restrict dx,
                             uint32_t rows, uint32_t height, uint32_t width, uint32_t channels,
                             uint32_t poolHeight, uint32_t poolWidth, uint32_t strideY,
                             uint32_t strideX, uint32_t padTop, uint32_t padLeft,
                             uint32_t outHeight, uint32_t outWidth) {
  const struct pooling p = {height,  width,  channels, poolHeight, poolWidth, strideY,
                            strideX, padTop, padLeft,  outHeight,  outWidth};
  const size_t size = (size_t)height * width * channels;
  for (size_t r = 0; r < rows; r++) {
    float *image = dx + r * size;
    fill_zeros(image, size);
    for (size_t oy = 0; oy < outHeight; oy++) {
      for (size_t ox = 0; ox < outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        EACH_TAP(window) {
          const int32_t tap = (int32_t)(ky * poolWidth + kx);
          float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < channels; c++) {
            const float gradient = dy[c];
            pixel[c] += taps[c] == tap ? gradient : 0.0f;
          }
        }
        dy += channels;
        taps += channels;
      }
    }
  }
}

void KERNEL(averagePool)(const float *x, float *restrict y, uint32_t rows, uint32_t height,
                         uint32_t width, uint32_t channels, uint32_t poolHeight, uint32_t poolWidth,
                         uint32_t strideY, uint32_t strideX, uint32_t padTop, uint32_t padLeft,
                         uint32_t outHeight, uint32_t outWidth) {
  const struct pooling p = {height,  width,  channels, poolHeight, poolWidth, strideY,
                            strideX, padTop, padLeft,  outHeight,  outWidth};
  for (size_t r = 0; r < rows; r++) {
    const float *image = x + r * height * width * channels;
    for (size_t oy = 0; oy < outHeight; oy++) {
      for (size_t ox = 0; ox < outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        const float count = (float)taps_inside(&window);
        fill_zeros(y, channels);
        EACH_TAP(window) {
          const float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < channels; c++) y[c] += pixel[c];
        }
        ELEMENTWISE for (size_t c = 0; c < channels; c++) y[c] /= count;
        y += channels;
      }
    }
  }
}

void KERNEL(averagePoolGradient)(const float *dy, float *restrict dx, uint32_t rows,
                                 uint32_t height, uint32_t width, uint32_t channels,
                                 uint32_t poolHeight, uint32_t poolWidth, uint32_t strideY,
                                 uint32_t strideX, uint32_t padTop, uint32_t padLeft,
                                 uint32_t outHeight, uint32_t outWidth) {
  const struct pooling p = {height,  width,  channels, poolHeight, poolWidth, strideY,
                            strideX, padTop, padLeft,  outHeight,  outWidth};
  const size_t size = (size_t)height * width * channels;
  for (size_t r = 0; r < rows; r++) {
    float *image = dx + r * size;
    fill_zeros(image, size);
    for (size_t oy = 0; oy < outHeight; oy++) {
      for (size_t ox = 0; ox < outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        const float count = (float)taps_inside(&window);
        EACH_TAP(window) {
          float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < channels; c++) pixel[c] += dy[c] / count;
        }
        dy += channels;
      }
    }
  }
}

static void copy_floats(const float *restrict from, float *restrict to, size_t length) {
  for (size_t i = 0; i < length; i++) to[i] = from[i];
}

void KERNEL(zeroPad)(const float *x, float *y, uint32_t rows, uint32_t height, uint32_t width,
                     uint32_t channels, uint32_t top, uint32_t left, uint32_t outHeight,
                     uint32_t outWidth) {
  const size_t outRow = (size_t)outWidth * channels;
  const size_t row = (size_t)width * channels;
  const size_t before = (size_t)left * channels;
  for (size_t r = 0; r < rows; r++) {
    fill_zeros(y, top * outRow);
    y += top * outRow;
    for (size_t iy = 0; iy < height; iy++) {
      fill_zeros(y, before);
      copy_floats(x, y + before, row);
      fill_zeros(y + before + row, outRow - before - row);
      x += row;
      y += outRow;
    }
    fill_zeros(y, (outHeight - top - height) * outRow);
    y += (outHeight - top - height) * outRow;
  }
}

void KERNEL(zeroPadGradient)(const float *dy, float *dx, uint32_t rows, uint32_t height,
                             uint32_t width, uint32_t channels, uint32_t top, uint32_t left,
                             uint32_t outHeight, uint32_t outWidth) {
  const size_t outRow = (size_t)outWidth * channels;
  const size_t row = (size_t)width * channels;
  for (size_t r = 0; r < rows; r++) {
    for (size_t iy = 0; iy < height; iy++) {
      const float *from = dy + (r * outHeight + iy + top) * outRow + (size_t)left * channels;
      copy_floats(from, dx + (r * height + iy) * row, row);
    }
  }
}
