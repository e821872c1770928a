/* Batch normalisation, its gradients and its moving averages. */
#include "arrays/floats.h"
#include "level.h"
#include "normalization/batch-sums.h"
#include "threads/range.h"

static void fill_inverse(struct strip *strip, const float *variance, float epsilon) {
  ELEMENTWISE for (size_t c = 0; c < strip->count; c++) {
    strip->inverse[c] = 1.0f / __builtin_sqrtf(variance[c] + epsilon);
  }
}

void KERNEL(batchMomentsPart)(const float *x, float *mean, float *variance, uint32_t rows,
                              uint32_t positions, uint32_t columns, uint32_t part,
                              uint32_t parts) {
  const float count = (float)((double)rows * (double)positions);
  const struct range range = range_of(columns, LANES, part, parts);
  for (size_t first = range.first; first < range.end; first += STRIP) {
    const struct strip strip = {
        .columns = columns, .count = smaller(STRIP, range.end - first), .mean = mean + first};
    sum_strip(VALUE, &strip, x + first, NULL, rows, positions, mean + first);
    for (size_t c = 0; c < strip.count; c++) mean[first + c] /= count;
    sum_strip(SQUARED_DISTANCE, &strip, x + first, NULL, rows, positions, variance + first);
    for (size_t c = 0; c < strip.count; c++) variance[first + c] /= count;
  }
}

void KERNEL(batchMoments)(const float *x, float *mean, float *variance, uint32_t rows,
                          uint32_t positions, uint32_t columns) {
  KERNEL(batchMomentsPart)(x, mean, variance, rows, positions, columns, 0, 1);
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

void KERNEL(batchNormalizeGradientPart)(const float *x, const float *dy, const float *gamma,
                                        const float *mean, const float *variance, float *dx,
                                        float *dgamma, float *dbeta, uint32_t rows,
                                        uint32_t positions, uint32_t columns, float epsilon,
                                        uint32_t part, uint32_t parts) {
  const size_t length = (size_t)rows * positions;
  const float count = (float)((double)rows * (double)positions);
  const struct range range = range_of(columns, LANES, part, parts);
  for (size_t first = range.first; first < range.end; first += STRIP) {
    struct strip strip = {
        .columns = columns, .count = smaller(STRIP, range.end - first), .mean = mean + first};
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

void KERNEL(batchNormalizeGradient)(const float *x, const float *dy, const float *gamma,
                                    const float *mean, const float *variance, float *dx,
                                    float *dgamma, float *dbeta, uint32_t rows, uint32_t positions,
                                    uint32_t columns, float epsilon) {
  KERNEL(batchNormalizeGradientPart)(x, dy, gamma, mean, variance, dx, dgamma, dbeta, rows, positions,
                                     columns, epsilon, 0, 1);
}

void KERNEL(movingAverage)(float *restrict average, const float *restrict value, uint32_t length,
                           float momentum) {
  const float take = 1.0f - momentum;
  EACH(i, length) average[i] = momentum * average[i] + take * value[i];
}
