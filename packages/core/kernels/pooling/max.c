/* Max pooling; loops run over the channels, which lie side by side. */
#include "arrays/floats.h"
#include "level.h"
#include "pooling/windows.h"

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

void KERNEL(maxPool)(const float *x, float *y, int32_t *taps, uint32_t rows,
                     const struct pooling_geometry *geometry) {
  const struct pooling p = pooling_of(geometry);
  for (size_t r = 0; r < rows; r++) {
    const float *image = x + r * p.height * p.width * p.channels;
    for (size_t oy = 0; oy < p.outHeight; oy++) {
      for (size_t ox = 0; ox < p.outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        max_window(&p, &window, image, y, taps);
        y += p.channels;
        taps += p.channels;
      }
    }
  }
}

void KERNEL(maxPoolGradient)(const float *dy, const int32_t *taps, float *restrict dx,
                             uint32_t rows, const struct pooling_geometry *geometry) {
  const struct pooling p = pooling_of(geometry);
  const size_t size = p.height * p.width * p.channels;
  for (size_t r = 0; r < rows; r++) {
    float *image = dx + r * size;
    fill_zeros(image, size);
    for (size_t oy = 0; oy < p.outHeight; oy++) {
      for (size_t ox = 0; ox < p.outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        EACH_TAP(window) {
          const int32_t tap = (int32_t)(ky * p.poolWidth + kx);
          float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < p.channels; c++) {
            const float gradient = dy[c];
            pixel[c] += taps[c] == tap ? gradient : 0.0f;
          }
        }
        dy += p.channels;
        taps += p.channels;
      }
    }
  }
}
