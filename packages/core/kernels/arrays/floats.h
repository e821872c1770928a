/* Small helpers on arrays of floats. */
#ifndef LABPROOF_ARRAYS_FLOATS_H
#define LABPROOF_ARRAYS_FLOATS_H

#include <stddef.h>

static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static inline void fill_zeros(float *values, size_t length) {
  for (size_t i = 0; i < length; i++) values[i] = 0.0f;
}

static inline void copy_floats(const float *restrict from, float *restrict to, size_t length) {
  for (size_t i = 0; i < length; i++) to[i] = from[i];
}

#endif
