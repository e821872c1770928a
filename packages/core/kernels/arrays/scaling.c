/* Products of arrays, element by element or row by row. */
#include "level.h"

void KERNEL(multiply)(const float *a, const float *b, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = a[i] * b[i];
}

void KERNEL(scaleRows)(const float *x, const float *factors, float *y, uint32_t rows,
                       uint32_t columns) {
  EACH(r, rows) {
    const float factor = factors[r];
    ELEMENTWISE for (size_t c = 0; c < columns; c++) y[r * columns + c] =
        x[r * columns + c] * factor;
  }
}

void KERNEL(scaleWithin)(const float *x, float *y, uint32_t length, float factor, float bound) {
  ELEMENTWISE EACH(i, length) {
    const float scaled = x[i] * factor;
    const float below = scaled < -bound ? -bound : scaled;
    y[i] = below > bound ? bound : below;
  }
}
