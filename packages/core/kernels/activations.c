/* Activations and their gradients. */
#include "level.h"

void KERNEL(relu)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

void KERNEL(reluGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    /* Loaded in any case: a load that depends on y would keep the loop from becoming vectors. */
    const float gradient = dy[i];
    dx[i] = y[i] > 0.0f ? gradient : 0.0f;
  }
}

void KERNEL(sigmoidGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) dx[i] = dy[i] * y[i] * (1.0f - y[i]);
}

void KERNEL(tanhGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) dx[i] = dy[i] * (1.0f - y[i] * y[i]);
}

void KERNEL(multiply)(const float *a, const float *b, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = a[i] * b[i];
}

/* The largest of a row; a leading NaN stays, later ones are passed over. */
static float row_maximum(const float *row, size_t columns) {
  float maximum = row[0];
  for (size_t c = 1; c < columns; c++) maximum = row[c] > maximum ? row[c] : maximum;
  return maximum;
}

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

uint32_t KERNEL(countNonFinite)(const float *x, uint32_t length) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; i++) {
    const union float_bits u = {x[i]};
    count += (u.bits & 0x7f800000) == 0x7f800000;
  }
  return count;
}
