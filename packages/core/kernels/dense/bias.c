/* The bias of rows and its gradient. */
#include "level.h"
#include "threads/range.h"

void KERNEL(addBias)(const float *x, const float *bias, float *y, uint32_t rows, uint32_t columns) {
  for (size_t r = 0; r < rows; r++) {
    ELEMENTWISE for (size_t c = 0; c < columns; c++) {
      y[r * columns + c] = x[r * columns + c] + bias[c];
    }
  }
}

void KERNEL(biasGradientPart)(const float *dy, float *restrict db, uint32_t rows, uint32_t columns,
                              uint32_t part, uint32_t parts) {
  const struct range range = range_of(columns, LANES, part, parts);
  for (size_t c = range.first; c < range.end; c++) db[c] = 0;
  for (size_t r = 0; r < rows; r++) {
    ELEMENTWISE for (size_t c = range.first; c < range.end; c++) db[c] += dy[r * columns + c];
  }
}

void KERNEL(biasGradient)(const float *dy, float *db, uint32_t rows, uint32_t columns) {
  KERNEL(biasGradientPart)(dy, db, rows, columns, 0, 1);
}
