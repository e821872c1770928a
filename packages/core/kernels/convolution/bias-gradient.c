/* Bias gradient of images. */
#include "arrays/floats.h"
#include "level.h"
#include "normalization/batch-sums.h"

void KERNEL(conv2dBiasGradient)(const float *dy, float *db, uint32_t rows, uint32_t positions,
                                uint32_t columns) {
  for (size_t first = 0; first < columns; first += STRIP) {
    const struct strip strip = {.columns = columns, .count = smaller(STRIP, columns - first)};
    sum_strip(VALUE, &strip, dy + first, NULL, rows, positions, db + first);
  }
}
