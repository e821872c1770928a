/*
 * Panels of a right factor: rows [0, depth) of its columns [0, columns), each `width` floats long and filled up with
 * zeros.
 */
#ifndef LABPROOF_DENSE_PACKING_H
#define LABPROOF_DENSE_PACKING_H

#include "arrays/floats.h"
#include "dense/matrix.h"
#include "level.h"

/* Rows that are copied together, because their floats lie side by side in the factor. */
#define SIDE_BY_SIDE 8

static inline void pack_columns(struct matrix b, size_t depth, size_t columns, size_t width,
                                float *packed) {
  for (size_t first = 0; first < depth; first += SIDE_BY_SIDE) {
    const size_t count = smaller(SIDE_BY_SIDE, depth - first);
    const float *from = b.values + first;
    float *to = packed + first * width;
    if (count == SIDE_BY_SIDE) {
      for (size_t j = 0; j < columns; j++) {
        UNROLLED for (size_t p = 0; p < SIDE_BY_SIDE; p++) to[p * width + j] = from[p];
        from += b.stride;
      }
    } else {
      for (size_t j = 0; j < columns; j++) {
        for (size_t p = 0; p < count; p++) to[p * width + j] = from[p];
        from += b.stride;
      }
    }
    for (size_t p = 0; p < count; p++) {
      for (size_t j = columns; j < width; j++) to[p * width + j] = 0;
    }
  }
}

/* Copies a factor that is stored BY_ROW. */
static inline void pack_rows(struct matrix b, size_t depth, size_t columns, size_t width,
                             float *packed) {
  for (size_t p = 0; p < depth; p++) {
    size_t j = 0;
    for (; j + LANES <= columns; j += LANES) {
      *(vector *)(packed + p * width + j) = *(const vector *)(b.values + p * b.stride + j);
    }
    for (; j < columns; j++) packed[p * width + j] = b.values[p * b.stride + j];
    for (; j < width; j++) packed[p * width + j] = 0;
  }
}

static inline void pack_right(struct matrix b, size_t depth, size_t columns, size_t width,
                              float *packed) {
  if (b.layout == BY_ROW) {
    pack_rows(b, depth, columns, width, packed);
  } else {
    pack_columns(b, depth, columns, width, packed);
  }
}

#endif
