/* The part of softplus and of binary crossentropy that needs care. */
#ifndef LABPROOF_ELEMENTARY_SOFTPLUS_H
#define LABPROOF_ELEMENTARY_SOFTPLUS_H

#include "elementary/exponential.h"
#include "elementary/logarithm.h"
#include "level.h"

/* log(1 + exp(−|x|)) */
ALWAYS_INLINE double log1p_exp_minus_abs(double x) {
  return log1p_double(exp_double(x < 0.0 ? x : -x));
}

#endif
