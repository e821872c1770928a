/* The place of each row's largest value. */
#include "level.h"

void KERNEL(argmax)(const float *x, int32_t *predicted, uint32_t rows, uint32_t columns) {
  EACH(r, rows) {
    const float *row = x + r * columns;
    uint32_t best = 0;
    for (uint32_t c = 1; c < columns; c++) {
      if (row[c] > row[best]) best = c;
    }
    predicted[r] = (int32_t)best;
  }
}
