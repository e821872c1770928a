/* Max pooling; a vector of channels, which lie side by side, goes through all taps of its window before the next one. */
#include "arrays/floats.h"
#include "level.h"
#include "pooling/windows.h"

typedef int32_t integers __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

/* Of each lane the one where `which` is −1, else the other. */
#define CHOOSE(which, one, other) (((which) & (integers)(one)) | (~(which) & (integers)(other)))

/* The maxima of a vector of channels from the first tap inside on, and which taps they are. */
ALWAYS_INLINE void max_lanes(const struct pooling *p, const struct window *window,
                             const float *first, float *y, int32_t *taps) {
  const size_t row = p->width * p->channels;
  vector best = *(const vector *)first;
  integers chosen = (integers){0} + (int32_t)(window->y.first * p->poolWidth + window->x.first);
  for (size_t ky = window->y.first; ky < window->y.end; ky++) {
    const float *pixel = first + (ky - window->y.first) * row;
    int32_t tap = (int32_t)(ky * p->poolWidth + window->x.first);
    for (size_t kx = window->x.first; kx < window->x.end; kx++) {
      const vector value = *(const vector *)pixel;
      const integers greater = value > best;
      best = (vector)CHOOSE(greater, value, best);
      chosen = CHOOSE(greater, (integers){0} + tap, chosen);
      pixel += p->channels;
      tap++;
    }
  }
  *(vector *)y = best;
  *(integers *)taps = chosen;
}

static void max_one(const struct pooling *p, const struct window *window, const float *image,
                    float *y, int32_t *taps) {
  *y = image[pixel_of(p, window, window->y.first, window->x.first)];
  *taps = (int32_t)(window->y.first * p->poolWidth + window->x.first);
  EACH_TAP(*window) {
    const float value = image[pixel_of(p, window, ky, kx)];
    if (value > *y) {
      *y = value;
      *taps = (int32_t)(ky * p->poolWidth + kx);
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
        const float *first = image + pixel_of(&p, &window, window.y.first, window.x.first);
        size_t c = 0;
        for (; c + LANES <= p.channels; c += LANES) {
          max_lanes(&p, &window, first + c, y + c, taps + c);
        }
        ROLLED for (; c < p.channels; c++) max_one(&p, &window, image + c, y + c, taps + c);
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
