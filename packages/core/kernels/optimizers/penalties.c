/* Weight decay, and the gradients and norms of L1 and L2 regularisation. */
#include "level.h"

void KERNEL(decayWeights)(float *w, uint32_t length, float factor) {
  EACH(i, length) w[i] -= w[i] * factor;
}

void KERNEL(regularize)(const float *restrict w, float *restrict g, uint32_t length, float l1,
                        float l2) {
  const float twice = 2.0f * l2;
  EACH(i, length) {
    const float below = w[i] < 0.0f ? -l1 : 0.0f;
    g[i] += (w[i] > 0.0f ? l1 : below) + twice * w[i];
  }
}

#define NORM_PARTS 16

void KERNEL(weightNorms)(const float *w, float *sums, uint32_t length) {
  float absolute[NORM_PARTS] = {0};
  float squares[NORM_PARTS] = {0};
  size_t i = 0;
  for (; i + NORM_PARTS <= length; i += NORM_PARTS) {
    for (size_t j = 0; j < NORM_PARTS; j++) {
      absolute[j] += __builtin_fabsf(w[i + j]);
      squares[j] += w[i + j] * w[i + j];
    }
  }
  for (size_t j = 0; i + j < length; j++) {
    absolute[j] += __builtin_fabsf(w[i + j]);
    squares[j] += w[i + j] * w[i + j];
  }
  sums[0] = 0.0f;
  sums[1] = 0.0f;
  for (size_t j = 0; j < NORM_PARTS; j++) {
    sums[0] += absolute[j];
    sums[1] += squares[j];
  }
}
