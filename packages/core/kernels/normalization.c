/*
 * Batch normalisation and the sums over a batch that it shares with the bias gradient of images: the positions of an
 * example first, then the examples. Columns are taken in strips, whose sums stay in the cache.
 */
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

static void fill_inverse(struct strip *strip, const float *variance, float epsilon) {
  ELEMENTWISE for (size_t c = 0; c < strip->count; c++) {
    strip->inverse[c] = 1.0f / __builtin_sqrtf(variance[c] + epsilon);
  }
}

void KERNEL(conv2dBiasGradient)(const float *dy, float *db, uint32_t rows, uint32_t positions,
                                uint32_t columns) {
  for (size_t first = 0; first < columns; first += STRIP) {
    const struct strip strip = {.columns = columns, .count = smaller(STRIP, columns - first)};
    sum_strip(VALUE, &strip, dy + first, NULL, rows, positions, db + first);
  }
}

void KERNEL(batchMoments)(const float *x, float *mean, float *variance, uint32_t rows,
                          uint32_t positions, uint32_t columns) {
  const float count = (float)((double)rows * (double)positions);
  for (size_t first = 0; first < columns; first += STRIP) {
    const struct strip strip = {
        .columns = columns, .count = smaller(STRIP, columns - first), .mean = mean + first};
    sum_strip(VALUE, &strip, x + first, NULL, rows, positions, mean + first);
    for (size_t c = 0; c < strip.count; c++) mean[first + c] /= count;
    sum_strip(SQUARED_DISTANCE, &strip, x + first, NULL, rows, positions, variance + first);
    for (size_t c = 0; c < strip.count; c++) variance[first + c] /= count;
  }
}

void KERNEL(batchNormalize)(const float *x, const float *gamma, const float *beta,
                            const float *mean, const float *variance, float *y, uint32_t rows,
                            uint32_t columns, float epsilon) {
  for (size_t first = 0; first < columns; first += STRIP) {
    struct strip strip = {
        .columns = columns, .count = smaller(STRIP, columns - first), .mean = mean + first};
    fill_inverse(&strip, variance + first, epsilon);
    for (size_t r = 0; r < rows; r++) {
      const float *from = x + r * columns + first;
      float *to = y + r * columns + first;
      ELEMENTWISE for (size_t c = 0; c < strip.count; c++) {
        const float normal = (from[c] - strip.mean[c]) * strip.inverse[c];
        to[c] = normal * gamma[first + c] + beta[first + c];
      }
    }
  }
}

void KERNEL(batchNormalizeGradient)(const float *x, const float *dy, const float *gamma,
                                    const float *mean, const float *variance, float *dx,
                                    float *dgamma, float *dbeta, uint32_t rows, uint32_t positions,
                                    uint32_t columns, float epsilon) {
  const size_t length = (size_t)rows * positions;
  const float count = (float)((double)rows * (double)positions);
  for (size_t first = 0; first < columns; first += STRIP) {
    struct strip strip = {
        .columns = columns, .count = smaller(STRIP, columns - first), .mean = mean + first};
    fill_inverse(&strip, variance + first, epsilon);
    sum_strip(VALUE, &strip, dy + first, NULL, rows, positions, dbeta + first);
    sum_strip(TIMES_NORMAL, &strip, dy + first, x + first, rows, positions, dgamma + first);
    float slope[STRIP], meanShift[STRIP], meanScale[STRIP];
    for (size_t c = 0; c < strip.count; c++) {
      slope[c] = gamma[first + c] * strip.inverse[c];
      meanShift[c] = dbeta[first + c] / count;
      meanScale[c] = dgamma[first + c] / count;
    }
    for (size_t r = 0; r < length; r++) {
      const size_t row = r * columns + first;
      ELEMENTWISE for (size_t c = 0; c < strip.count; c++) {
        const float normal = (x[row + c] - strip.mean[c]) * strip.inverse[c];
        dx[row + c] = slope[c] * ((dy[row + c] - meanShift[c]) - normal * meanScale[c]);
      }
    }
  }
}

void KERNEL(movingAverage)(float *restrict average, const float *restrict value, uint32_t length,
                           float momentum) {
  const float take = 1.0f - momentum;
  EACH(i, length) average[i] = momentum * average[i] + take * value[i];
}
