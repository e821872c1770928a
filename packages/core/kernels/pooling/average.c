/* Average pooling; loops run over the channels, which lie side by side. */
#include "arrays/floats.h"
#include "level.h"
#include "pooling/windows.h"

void KERNEL(averagePool)(const float *x, float *restrict y, uint32_t rows,
                         const struct pooling_geometry *geometry) {
  const struct pooling p = pooling_of(geometry);
  for (size_t r = 0; r < rows; r++) {
    const float *image = x + r * p.height * p.width * p.channels;
    for (size_t oy = 0; oy < p.outHeight; oy++) {
      for (size_t ox = 0; ox < p.outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        const float count = (float)taps_inside(&window);
        fill_zeros(y, p.channels);
        EACH_TAP(window) {
          const float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < p.channels; c++) y[c] += pixel[c];
        }
        ELEMENTWISE for (size_t c = 0; c < p.channels; c++) y[c] /= count;
        y += p.channels;
      }
    }
  }
}

void KERNEL(averagePoolGradient)(const float *dy, float *restrict dx, uint32_t rows,
                                 const struct pooling_geometry *geometry) {
  const struct pooling p = pooling_of(geometry);
  const size_t size = p.height * p.width * p.channels;
  for (size_t r = 0; r < rows; r++) {
    float *image = dx + r * size;
    fill_zeros(image, size);
    for (size_t oy = 0; oy < p.outHeight; oy++) {
      for (size_t ox = 0; ox < p.outWidth; ox++) {
        const struct window window = window_of(&p, oy, ox);
        const float count = (float)taps_inside(&window);
        EACH_TAP(window) {
          float *pixel = image + pixel_of(&p, &window, ky, kx);
          ELEMENTWISE for (size_t c = 0; c < p.channels; c++) pixel[c] += dy[c] / count;
        }
        dy += p.channels;
      }
    }
  }
}
