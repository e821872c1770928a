/* Crossentropies of integer labels. A label outside the columns gives a NaN loss where one is needed. */
#include "activations/row-maximum.h"
#include "arrays/floats.h"
#include "elementary/exponential.h"
#include "elementary/logarithm.h"
#include "elementary/softplus.h"
#include "level.h"

#define LOSS_CHUNK 64

/* Σ exp(x − maximum) in ascending order. */
static float sum_of_exponentials(const float *row, size_t columns, float maximum) {
  float exponentials[LOSS_CHUNK];
  float sum = 0.0f;
  for (size_t start = 0; start < columns; start += LOSS_CHUNK) {
    const size_t count = smaller(LOSS_CHUNK, columns - start);
    for (size_t c = 0; c < count; c++) exponentials[c] = exp_one(row[start + c] - maximum);
    for (size_t c = 0; c < count; c++) sum += exponentials[c];
  }
  return sum;
}

void KERNEL(softmaxCrossentropy)(const float *logits, const int32_t *labels, float *loss,
                                 uint32_t rows, uint32_t columns) {
  EACH(r, rows) {
    const float *row = logits + r * columns;
    const uint32_t label = (uint32_t)labels[r];
    if (label >= columns) {
      loss[r] = __builtin_nanf("");
      continue;
    }
    const float maximum = row_maximum(row, columns);
    loss[r] = log_one(sum_of_exponentials(row, columns, maximum)) - (row[label] - maximum);
  }
}

void KERNEL(softmaxCrossentropyGradient)(const float *p, const int32_t *labels, float *dx,
                                         uint32_t rows, uint32_t columns, float scale) {
  EACH(r, rows) {
    ELEMENTWISE for (uint32_t c = 0; c < columns; c++) {
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      dx[r * columns + c] = (p[r * columns + c] - target) * scale;
    }
  }
}

void KERNEL(smoothedCrossentropy)(const float *logits, const int32_t *labels, float *loss,
                                  uint32_t rows, uint32_t columns, float smoothing) {
  const float share = smoothing / (float)columns;
  EACH(r, rows) {
    const float *row = logits + r * columns;
    const uint32_t label = (uint32_t)labels[r];
    if (label >= columns) {
      loss[r] = __builtin_nanf("");
      continue;
    }
    const float maximum = row_maximum(row, columns);
    const float logarithm = log_one(sum_of_exponentials(row, columns, maximum));
    float sum = 0.0f;
    for (uint32_t c = 0; c < columns; c++) sum += logarithm - (row[c] - maximum);
    loss[r] = (1.0f - smoothing) * (logarithm - (row[label] - maximum)) + share * sum;
  }
}

void KERNEL(smoothedCrossentropyGradient)(const float *p, const int32_t *labels, float *dx,
                                          uint32_t rows, uint32_t columns, float scale,
                                          float smoothing) {
  const float share = smoothing / (float)columns;
  const float whole = (1.0f - smoothing) + share;
  EACH(r, rows) {
    ELEMENTWISE for (uint32_t c = 0; c < columns; c++) {
      const float target = c == (uint32_t)labels[r] ? whole : share;
      dx[r * columns + c] = (p[r * columns + c] - target) * scale;
    }
  }
}

void KERNEL(sigmoidCrossentropy)(const float *logits, const int32_t *labels, float *loss,
                                 uint32_t rows, uint32_t columns) {
  EACH(r, rows) {
    const float *row = logits + r * columns;
    float terms[LOSS_CHUNK];
    float sum = 0.0f;
    for (size_t start = 0; start < columns; start += LOSS_CHUNK) {
      const size_t count = smaller(LOSS_CHUNK, columns - start);
      for (size_t c = 0; c < count; c++) {
        const float x = row[start + c];
        const float target = (uint32_t)(start + c) == (uint32_t)labels[r] ? 1.0f : 0.0f;
        const float straight = (x > 0.0f ? x : 0.0f) - x * target;
        terms[c] = straight + (float)log1p_exp_minus_abs((double)x);
      }
      for (size_t c = 0; c < count; c++) sum += terms[c];
    }
    loss[r] = sum / (float)columns;
  }
}
