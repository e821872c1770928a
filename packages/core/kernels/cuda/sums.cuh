/*
 * Sums over a batch: the places of an example first, one thread for each example and column, then the examples. Long
 * sums read ahead of their additions, which stay in order.
 */
#include "cuda/gpu.cuh"

#define READ_AHEAD 32

/* sum + Σ of `count` values that lie `stride` apart. */
DEVICE float add_strided(float sum, const float *values, size_t stride, uint32_t count) {
  uint32_t i = 0;
  for (; i + READ_AHEAD <= count; i += READ_AHEAD) {
    float ahead[READ_AHEAD];
#pragma unroll
    for (int j = 0; j < READ_AHEAD; j++) ahead[j] = values[(i + j) * stride];
#pragma unroll
    for (int j = 0; j < READ_AHEAD; j++) sum = __fadd_rn(sum, ahead[j]);
  }
  for (; i < count; i++) sum = __fadd_rn(sum, values[i * stride]);
  return sum;
}

/* db[c] = Σ dy[r, c] over the rows. */
GLOBAL(biasGradient)
(struct arena arena, const float *dy, float *db, uint32_t rows, uint32_t columns) {
  const float *from = own(arena, dy);
  float *to = own(arena, db);
  EACH(c, columns) to[c] = add_strided(0.0f, from + c, columns, rows);
}

/* partial[r, c] = Σ_p a[r, p, c] */
GLOBAL(placeSums)
(struct arena arena, const float *a, float *partial, uint32_t rows, uint32_t positions,
 uint32_t columns) {
  const float *from = own(arena, a);
  float *to = own(arena, partial);
  EACH_OF_ARRAY(i, (size_t)rows * columns) {
    const size_t r = i / columns;
    const size_t c = i % columns;
    to[i] = add_strided(0.0f, from + r * positions * columns + c, columns, positions);
  }
}

/* partial[r, c] = Σ_p (a[r, p, c] − mean[c])² */
GLOBAL(distanceSums)
(struct arena arena, const float *a, const float *mean, float *partial, uint32_t rows,
 uint32_t positions, uint32_t columns) {
  const float *from = own(arena, a);
  const float *means = own(arena, mean);
  float *to = own(arena, partial);
  EACH_OF_ARRAY(i, (size_t)rows * columns) {
    const size_t r = i / columns;
    const size_t c = i % columns;
    const float middle = means[c];
    float sum = 0.0f;
    for (uint32_t p = 0; p < positions; p++) {
      const float distance = from[(r * positions + p) * columns + c] - middle;
      sum = __fadd_rn(sum, __fmul_rn(distance, distance));
    }
    to[i] = sum;
  }
}

DEVICE float inverse_deviation(float variance, float epsilon) {
  return 1.0f / __builtin_sqrtf(variance + epsilon);
}

/* partial[r, c] = Σ_p dy[r, p, c] · ((x[r, p, c] − mean[c]) · inverse[c]) */
GLOBAL(normalSums)
(struct arena arena, const float *x, const float *dy, const float *mean, const float *variance,
 float *partial, uint32_t rows, uint32_t positions, uint32_t columns, float epsilon) {
  const float *values = own(arena, x);
  const float *gradients = own(arena, dy);
  const float *means = own(arena, mean);
  const float *variances = own(arena, variance);
  float *to = own(arena, partial);
  EACH_OF_ARRAY(i, (size_t)rows * columns) {
    const size_t r = i / columns;
    const size_t c = i % columns;
    const float middle = means[c];
    const float inverse = inverse_deviation(variances[c], epsilon);
    float sum = 0.0f;
    for (uint32_t p = 0; p < positions; p++) {
      const size_t at = (r * positions + p) * columns + c;
      const float normal = __fmul_rn(values[at] - middle, inverse);
      sum = __fadd_rn(sum, __fmul_rn(gradients[at], normal));
    }
    to[i] = sum;
  }
}

/* totals[i] = (onward ? totals[i] : 0) + Σ_e partial[e, i], then divided by `count` unless that is 1. */
GLOBAL(exampleSums)
(struct arena arena, const float *partial, float *totals, uint32_t examples, uint32_t length,
 uint32_t onward, float count) {
  const float *from = own(arena, partial);
  float *to = own(arena, totals);
  EACH(i, length) {
    const float sum = add_strided(onward ? to[i] : 0.0f, from + i, length, examples);
    to[i] = count == 1.0f ? sum : sum / count;
  }
}

GLOBAL(batchNormalize)
(struct arena arena, const float *x, const float *gamma, const float *beta, const float *mean,
 const float *variance, float *y, uint32_t rows, uint32_t columns, float epsilon) {
  const float *from = own(arena, x);
  const float *scale = own(arena, gamma);
  const float *shift = own(arena, beta);
  const float *means = own(arena, mean);
  const float *variances = own(arena, variance);
  float *to = own(arena, y);
  EACH_OF_ARRAY(i, (size_t)rows * columns) {
    const uint32_t c = i % columns;
    const float normal = __fmul_rn(from[i] - means[c], inverse_deviation(variances[c], epsilon));
    to[i] = __fadd_rn(__fmul_rn(normal, scale[c]), shift[c]);
  }
}

/* dx once dgamma and dbeta are there; `count` is the number of summed examples and places. */
GLOBAL(normalizeGradient)
(struct arena arena, const float *x, const float *dy, const float *gamma, const float *mean,
 const float *variance, float *dx, const float *dgamma, const float *dbeta, uint32_t rows,
 uint32_t columns, float epsilon, float count) {
  const float *values = own(arena, x);
  const float *gradients = own(arena, dy);
  const float *scale = own(arena, gamma);
  const float *means = own(arena, mean);
  const float *variances = own(arena, variance);
  const float *scaleSums = own(arena, dgamma);
  const float *shiftSums = own(arena, dbeta);
  float *to = own(arena, dx);
  EACH_OF_ARRAY(i, (size_t)rows * columns) {
    const size_t c = i % columns;
    const float inverse = inverse_deviation(variances[c], epsilon);
    const float normal = __fmul_rn(values[i] - means[c], inverse);
    const float slope = __fmul_rn(scale[c], inverse);
    const float centred = gradients[i] - shiftSums[c] / count;
    to[i] = __fmul_rn(slope, centred - __fmul_rn(normal, scaleSums[c] / count));
  }
}

GLOBAL(movingAverage)
(struct arena arena, float *average, const float *value, uint32_t length, float momentum) {
  float *averages = own(arena, average);
  const float *values = own(arena, value);
  const float take = 1.0f - momentum;
  EACH(i, length) {
    averages[i] = __fadd_rn(__fmul_rn(momentum, averages[i]), __fmul_rn(take, values[i]));
  }
}

#define NORM_PARTS 16

/* sums[0] = Σ|w|, sums[1] = Σw², from 16 partial sums each. One block of 32 threads. */
GLOBAL(weightNorms)(struct arena arena, const float *w, float *sums, uint32_t length) {
  __shared__ float parts[2 * NORM_PARTS];
  const float *values = own(arena, w);
  const uint32_t part = threadIdx.x % NORM_PARTS;
  const bool squares = threadIdx.x >= NORM_PARTS;
  float sum = 0.0f;
#pragma unroll 8
  for (size_t i = part; i < length; i += NORM_PARTS) {
    const float value = values[i];
    sum = __fadd_rn(sum, squares ? __fmul_rn(value, value) : __builtin_fabsf(value));
  }
  parts[threadIdx.x] = sum;
  __syncthreads();
  if (part != 0) return;
  float total = 0.0f;
  for (int j = 0; j < NORM_PARTS; j++) total = __fadd_rn(total, parts[threadIdx.x + j]);
  own(arena, sums)[squares ? 1 : 0] = total;
}
