/* What softmax subtracts from a row. */
#ifndef LABPROOF_ACTIVATIONS_ROW_MAXIMUM_H
#define LABPROOF_ACTIVATIONS_ROW_MAXIMUM_H

#include <stddef.h>

/* The largest of a row; a leading NaN stays, later ones are passed over. */
static inline float row_maximum(const float *row, size_t columns) {
  float maximum = row[0];
  for (size_t c = 1; c < columns; c++) maximum = row[c] > maximum ? row[c] : maximum;
  return maximum;
}

#endif
