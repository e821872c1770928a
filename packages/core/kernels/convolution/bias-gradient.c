/* Bias gradient of images. */
#include "arrays/floats.h"
#include "level.h"
#include "normalization/batch-sums.h"
#include "threads/range.h"

void KERNEL(conv2dBiasGradientPart)(const float *dy, float *db, uint32_t rows, uint32_t positions,
                                    uint32_t columns, uint32_t part, uint32_t parts) {
  const struct range range = range_of(columns, LANES, part, parts);
  for (size_t first = range.first; first < range.end; first += STRIP) {
    const struct strip strip = {.columns = columns, .count = smaller(STRIP, range.end - first)};
    sum_strip(VALUE, &strip, dy + first, NULL, rows, positions, db + first);
  }
}

void KERNEL(conv2dBiasGradient)(const float *dy, float *db, uint32_t rows, uint32_t positions,
                                uint32_t columns) {
  KERNEL(conv2dBiasGradientPart)(dy, db, rows, positions, columns, 0, 1);
}
