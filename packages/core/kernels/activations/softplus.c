/* Softplus in float64, rounded once, and its gradient from the output. */
#include "elementary/softplus.h"
#include "elementary/exponential.h"
#include "level.h"

void KERNEL(softplus)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) {
    const double value = (double)x[i];
    y[i] = (float)((value > 0.0 ? value : 0.0) + log1p_exp_minus_abs(value));
  }
}

void KERNEL(softplusGradient)(const float *y, const float *dy, float *dx, uint32_t length) {
  ELEMENTWISE EACH(i, length) { dx[i] = dy[i] * (float)-expm1_double(-(double)y[i]); }
}
