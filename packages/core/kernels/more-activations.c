/* Activations that are straight or exponential in parts, and their gradients from the output. */
#include "level.h"

#define SELU_SCALE ((float)1.0507009873554805)
#define SELU_SCALE_ALPHA ((float)1.7580993408473766)
#define FIFTH ((float)0.2)

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

void KERNEL(softsign)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) { y[i] = x[i] / (1.0f + __builtin_fabsf(x[i])); }
}

void KERNEL(softsignGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const float t = 1.0f - __builtin_fabsf(y[i]);
    dx[i] = dy[i] * (t * t);
  }
}

void KERNEL(hardSigmoid)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const float v = FIFTH * x[i] + 0.5f;
    const float capped = v > 1.0f ? 1.0f : v;
    y[i] = v < 0.0f ? 0.0f : capped;
  }
}

void KERNEL(hardSigmoidGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const float slope = FIFTH * dy[i];
    dx[i] = ((y[i] > 0.0f) & (y[i] < 1.0f)) ? slope : 0.0f;
  }
}
