/* Softmax of rows and its gradient from the output. */
#include "activations/row-maximum.h"
#include "elementary/exponential.h"
#include "level.h"

void KERNEL(softmax)(const float *x, float *y, uint32_t rows, uint32_t columns) {
  if (columns == 0) return;
  const size_t length = (size_t)rows * columns;
  for (size_t start = 0; start < length; start += columns) {
    const float maximum = row_maximum(x + start, columns);
    ELEMENTWISE for (size_t i = start; i < start + columns; i++) y[i] = x[i] - maximum;
  }
  ELEMENTWISE for (size_t i = 0; i < length; i++) y[i] = exp_one(y[i]);
  for (size_t start = 0; start < length; start += columns) {
    float sum = 0.0f;
    for (size_t i = start; i < start + columns; i++) sum += y[i];
    for (size_t i = start; i < start + columns; i++) y[i] /= sum;
  }
}

void KERNEL(softmaxGradient)(const float *y, const float *dy, float *dx, uint32_t rows,
                             uint32_t columns) {
  EACH(r, rows) {
    const size_t start = r * columns;
    float sum = 0.0f;
    for (size_t i = start; i < start + columns; i++) sum += dy[i] * y[i];
    ELEMENTWISE for (size_t i = start; i < start + columns; i++) dx[i] = (dy[i] - sum) * y[i];
  }
}
