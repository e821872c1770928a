/* Matrix products, bias and their gradients; the products choose between dense.c and sparse.c, which agree. */
#include "level.h"

void KERNEL(matmul)(const float *a, const float *b, float *c, uint32_t m, uint32_t k, uint32_t n) {
  const struct matrix left = {a, k, BY_ROW};
  const struct matrix right = {b, n, BY_ROW};
  if (sparse_pays(a, b, m, k, n)) {
    sparse_product(left, right, c, m, k, n);
  } else {
    dense_product(left, right, c, m, k, n);
  }
}

void KERNEL(matmulInputGradient)(const float *dy, const float *w, float *dx, uint32_t m, uint32_t k,
                                 uint32_t n) {
  dense_product((struct matrix){dy, n, BY_ROW}, (struct matrix){w, n, BY_COLUMN}, dx, m, n, k);
}

void KERNEL(matmulWeightGradient)(const float *x, const float *dy, float *dw, uint32_t m,
                                  uint32_t k, uint32_t n) {
  const struct matrix left = {x, k, BY_COLUMN};
  const struct matrix right = {dy, n, BY_ROW};
  if (sparse_pays(x, dy, k, m, n)) {
    sparse_product(left, right, dw, k, m, n);
  } else {
    dense_product(left, right, dw, k, m, n);
  }
}

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
