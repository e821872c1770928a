/* Activations between two bounds, and their gradients from the output. */
#include "elementary/exponential.h"
#include "level.h"

#define FIFTH ((float)0.2)

ALWAYS_INLINE float sigmoid_one(float x) { return (float)(1.0 / (1.0 + exp_double(-(double)x))); }

ALWAYS_INLINE float tanh_one(float argument) {
  const double x = (double)argument;
  const double magnitude = x < 0.0 ? -x : x;
  const double s = x * x;
  double p = 62.0 / 2835.0;
  p = p * s - 17.0 / 315.0;
  p = p * s + 2.0 / 15.0;
  p = p * s - 1.0 / 3.0;
  p = p * s + 1.0;
  const double small = x * p;
  const double e = exp_double(2.0 * magnitude);
  const double t = (e - 1.0) / (e + 1.0);
  const double large = x < 0.0 ? -t : t;
  return (float)(magnitude < 0.0625 ? small : large);
}

void KERNEL(sigmoid)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = sigmoid_one(x[i]);
}

void KERNEL(sigmoidGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) dx[i] = dy[i] * y[i] * (1.0f - y[i]);
}

void KERNEL(tanh)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = tanh_one(x[i]);
}

void KERNEL(tanhGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) dx[i] = dy[i] * (1.0f - y[i] * y[i]);
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
