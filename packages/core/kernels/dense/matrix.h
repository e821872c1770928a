/* The factors of a product, and panels of the right one. */
#ifndef LABPROOF_DENSE_MATRIX_H
#define LABPROOF_DENSE_MATRIX_H

#include "arrays/floats.h"
#include "level.h"

/* How element (i, p) of the left factor is stored: at a[i · stride + p], or at a[p · stride + i]. */
enum layout { BY_ROW, BY_COLUMN };

struct matrix {
  const float *values;
  size_t stride;
  enum layout layout;
};

/* Copies columns [0, columns) of b's rows [0, depth) to rows of `width` floats, the rest of each row zero. */
static inline void pack_right(struct matrix b, size_t depth, size_t columns, size_t width,
                              float *packed) {
  if (b.layout == BY_ROW) {
    for (size_t p = 0; p < depth; p++) {
      size_t j = 0;
      for (; j + LANES <= columns; j += LANES) {
        *(vector *)(packed + p * width + j) = *(const vector *)(b.values + p * b.stride + j);
      }
      for (; j < columns; j++) packed[p * width + j] = b.values[p * b.stride + j];
      for (; j < width; j++) packed[p * width + j] = 0;
    }
    return;
  }
  for (size_t first = 0; first < depth; first += 8) {
    const size_t last = smaller(first + 8, depth);
    for (size_t j = 0; j < columns; j++) {
      for (size_t p = first; p < last; p++) packed[p * width + j] = b.values[j * b.stride + p];
    }
    for (size_t j = columns; j < width; j++) {
      for (size_t p = first; p < last; p++) packed[p * width + j] = 0;
    }
  }
}

#endif
