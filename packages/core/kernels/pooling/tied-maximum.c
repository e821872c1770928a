/* The gradient of a maximum over all positions that is shared among those that have it. */
#include "level.h"

void KERNEL(tiedMaximumGradient)(const float *x, const float *y, const float *dy, float *dx,
                                 uint32_t rows, uint32_t positions, uint32_t columns) {
  EACH(r, rows) {
    const float *image = x + r * positions * columns;
    float *gradient = dx + r * positions * columns;
    for (uint32_t c = 0; c < columns; c++) {
      const float maximum = y[r * columns + c];
      float count = 0.0f;
      for (uint32_t p = 0; p < positions; p++) {
        count += image[p * columns + c] == maximum ? 1.0f : 0.0f;
      }
      const float share = 1.0f / count * dy[r * columns + c];
      for (uint32_t p = 0; p < positions; p++) {
        gradient[p * columns + c] = image[p * columns + c] == maximum ? share : 0.0f;
      }
    }
  }
}
