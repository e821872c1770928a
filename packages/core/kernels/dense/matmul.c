/* Matrix products and their gradients; they choose between two ways of working, which agree. */
#include "dense/dense-product.h"
#include "dense/matrix.h"
#include "dense/sparse-product.h"
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
