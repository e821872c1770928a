/* Losses of integer labels and their gradients. A label outside the columns gives a NaN loss where one is needed. */
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

void KERNEL(squaredError)(const float *y, const int32_t *labels, float *loss, uint32_t rows,
                          uint32_t columns) {
  EACH(r, rows) {
    float sum = 0.0f;
    for (uint32_t c = 0; c < columns; c++) {
      const float difference = y[r * columns + c] - (c == (uint32_t)labels[r] ? 1.0f : 0.0f);
      sum += difference * difference;
    }
    loss[r] = sum / (float)columns;
  }
}

void KERNEL(squaredErrorGradient)(const float *y, const int32_t *labels, float *dy, uint32_t rows,
                                  uint32_t columns, float scale) {
  EACH(r, rows) {
    ELEMENTWISE for (uint32_t c = 0; c < columns; c++) {
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      dy[r * columns + c] = 2.0f * (y[r * columns + c] - target) * scale;
    }
  }
}

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

void KERNEL(absoluteError)(const float *y, const int32_t *labels, float *loss, uint32_t rows,
                           uint32_t columns) {
  EACH(r, rows) {
    float sum = 0.0f;
    for (uint32_t c = 0; c < columns; c++) {
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      sum += __builtin_fabsf(y[r * columns + c] - target);
    }
    loss[r] = sum / (float)columns;
  }
}

void KERNEL(absoluteErrorGradient)(const float *y, const int32_t *labels, float *dy, uint32_t rows,
                                   uint32_t columns, float scale) {
  EACH(r, rows) {
    ELEMENTWISE for (uint32_t c = 0; c < columns; c++) {
      const float value = y[r * columns + c];
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      const float below = value < target ? -scale : 0.0f;
      dy[r * columns + c] = value > target ? scale : below;
    }
  }
}

void KERNEL(scaleRows)(const float *x, const float *factors, float *y, uint32_t rows,
                       uint32_t columns) {
  EACH(r, rows) {
    const float factor = factors[r];
    ELEMENTWISE for (size_t c = 0; c < columns; c++) y[r * columns + c] =
        x[r * columns + c] * factor;
  }
}
