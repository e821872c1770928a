/* Activations that are their input times a share of it, in float64 and rounded once; gradients from the input. */
#include "elementary/error-function.h"
#include "elementary/exponential.h"
#include "level.h"

void KERNEL(swish)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const double value = (double)x[i];
    y[i] = (float)(value / (1.0 + exp_double(-value)));
  }
}

void KERNEL(swishGradient)(const float *x, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const double value = (double)x[i];
    const double s = 1.0 / (1.0 + exp_double(-value));
    dx[i] = dy[i] * (float)(s * (1.0 + value * (1.0 - s)));
  }
}

void KERNEL(gelu)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const double value = (double)x[i];
    y[i] = (float)(value * normal_share(value));
  }
}

void KERNEL(geluGradient)(const float *x, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const double value = (double)x[i];
    const double density = exp_double(-0.5 * value * value) * INVERSE_SQRT_2_PI;
    dx[i] = dy[i] * (float)(normal_share(value) + value * density);
  }
}
