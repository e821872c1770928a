/* exp, log and sqrt of arrays, rounded to float32 once at the end. */
#include "elementary/exponential.h"
#include "elementary/logarithm.h"
#include "level.h"

void KERNEL(exp)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = exp_one(x[i]);
}

void KERNEL(log)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = log_one(x[i]);
}

void KERNEL(sqrt)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = __builtin_sqrtf(x[i]);
}
