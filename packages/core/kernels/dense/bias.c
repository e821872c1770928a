/* The bias of rows and its gradient. */
#include "level.h"

void KERNEL(addBias)(const float *x, const float *bias, float *y, uint32_t rows, uint32_t columns) {
  for (size_t r = 0; r < rows; r++) {
    ELEMENTWISE for (size_t c = 0; c < columns; c++) {
      y[r * columns + c] = x[r * columns + c] + bias[c];
    }
  }
}

void KERNEL(biasGradient)(const float *dy, float *restrict db, uint32_t rows, uint32_t columns) {
  for (size_t c = 0; c < columns; c++) db[c] = 0;
  for (size_t r = 0; r < rows; r++) {
    ELEMENTWISE for (size_t c = 0; c < columns; c++) db[c] += dy[r * columns + c];
  }
}
