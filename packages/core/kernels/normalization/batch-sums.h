/*
 * Sums over a batch: the positions of an example first, then the examples. Columns are taken in strips, whose sums stay
 * in the cache.
 */
#ifndef LABPROOF_NORMALIZATION_BATCH_SUMS_H
#define LABPROOF_NORMALIZATION_BATCH_SUMS_H

#include "arrays/floats.h"
#include "level.h"

#define STRIP 64

/* What is summed: the first array, its squared distance from the mean, or its product with the normalised second. */
enum summand { VALUE, SQUARED_DISTANCE, TIMES_NORMAL };

/* A strip of columns of arrays [rows · positions, columns], with its statistics. */
struct strip {
  size_t columns, count;
  const float *mean;
  float inverse[STRIP];
};

/* totals[c] = Σ over rows (Σ over positions) for the strip's columns; a and b begin at the strip. */
ALWAYS_INLINE void sum_strip(const enum summand summand, const struct strip *strip, const float *a,
                             const float *b, size_t rows, size_t positions,
                             float *restrict totals) {
  const size_t count = strip->count;
  const float *mean = strip->mean;
  float sums[STRIP];
  fill_zeros(totals, count);
  for (size_t r = 0; r < rows; r++) {
    fill_zeros(sums, count);
    for (size_t p = 0; p < positions; p++) {
      ELEMENTWISE for (size_t c = 0; c < count; c++) {
        if (summand == VALUE) {
          sums[c] += a[c];
        } else if (summand == SQUARED_DISTANCE) {
          const float distance = a[c] - mean[c];
          sums[c] += distance * distance;
        } else {
          sums[c] += a[c] * ((b[c] - mean[c]) * strip->inverse[c]);
        }
      }
      a += strip->columns;
      if (summand == TIMES_NORMAL) b += strip->columns;
    }
    ELEMENTWISE for (size_t c = 0; c < count; c++) totals[c] += sums[c];
  }
}

#endif
