/* Activations that let a positive input through, and their gradients from the output. */
#include "elementary/exponential.h"
#include "level.h"

#define SELU_SCALE ((float)1.0507009873554805)
#define SELU_SCALE_ALPHA ((float)1.7580993408473766)

void KERNEL(relu)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = x[i] > 0.0f ? x[i] : 0.0f;
}

void KERNEL(reluGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    /* Loaded in any case: a load that depends on y would keep the loop from becoming vectors. */
    const float gradient = dy[i];
    dx[i] = y[i] > 0.0f ? gradient : 0.0f;
  }
}

void KERNEL(leakyRelu)(const float *x, float *y, uint32_t length, float alpha) {
  ELEMENTWISE EACH(i, length) {
    const float small = alpha * x[i];
    y[i] = x[i] > 0.0f ? x[i] : small;
  }
}

void KERNEL(leakyReluGradient)(const float *y, const float *dy, float *dx, uint32_t length,
                               float alpha) {
  ELEMENTWISE EACH(i, length) {
    const float gradient = dy[i];
    const float small = alpha * gradient;
    dx[i] = y[i] > 0.0f ? gradient : small;
  }
}

void KERNEL(clippedRelu)(const float *x, float *y, uint32_t length, float maximum) {
  ELEMENTWISE EACH(i, length) {
    const float clipped = x[i] < maximum ? x[i] : maximum;
    y[i] = x[i] > 0.0f ? clipped : 0.0f;
  }
}

void KERNEL(clippedReluGradient)(const float *y, const float *dy, float *dx, uint32_t length,
                                 float maximum) {
  ELEMENTWISE EACH(i, length) {
    const float gradient = dy[i];
    dx[i] = ((y[i] > 0.0f) & (y[i] < maximum)) ? gradient : 0.0f;
  }
}

void KERNEL(elu)(const float *x, float *y, uint32_t length, float alpha) {
  ELEMENTWISE EACH(i, length) {
    const float small = alpha * (float)expm1_double((double)x[i]);
    y[i] = x[i] > 0.0f ? x[i] : small;
  }
}

void KERNEL(eluGradient)(const float *y, const float *dy, float *dx, uint32_t length, float alpha) {
  ELEMENTWISE EACH(i, length) {
    const float gradient = dy[i];
    const float small = gradient * (y[i] + alpha);
    dx[i] = y[i] > 0.0f ? gradient : small;
  }
}

void KERNEL(selu)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const float small = SELU_SCALE_ALPHA * (float)expm1_double((double)x[i]);
    const float large = SELU_SCALE * x[i];
    y[i] = x[i] > 0.0f ? large : small;
  }
}

void KERNEL(seluGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const float small = y[i] + SELU_SCALE_ALPHA;
    dx[i] = dy[i] * (y[i] > 0.0f ? SELU_SCALE : small);
  }
}
