/* log and log1p in float64, by the series of the inverse hyperbolic tangent. */
#ifndef LABPROOF_ELEMENTARY_LOGARITHM_H
#define LABPROOF_ELEMENTARY_LOGARITHM_H

#include "elementary/bits.h"
#include "elementary/constants.h"
#include "level.h"

/* Bits of the float64 whose upper half is that of √½: mantissas come to lie in [√½, √2). */
#define SQRT_HALF_BITS 0x3fe6a09e00000000u
#define EXPONENT_OFFSET 1100

/* log((1 + s) / (1 − s)) / s from z = s², by the series of the inverse hyperbolic tangent. */
ALWAYS_INLINE double log_polynomial(double z) {
  double p = 2.0 / 19.0;
  p = p * z + 2.0 / 17.0;
  p = p * z + 2.0 / 15.0;
  p = p * z + 2.0 / 13.0;
  p = p * z + 2.0 / 11.0;
  p = p * z + 2.0 / 9.0;
  p = p * z + 2.0 / 7.0;
  p = p * z + 2.0 / 5.0;
  p = p * z + 2.0 / 3.0;
  return p * z + 2.0;
}

/* log(1 + u) for u in [0, 1]. */
ALWAYS_INLINE double log1p_double(double u) {
  const double s = u / (2.0 + u);
  return s * log_polynomial(s * s);
}

ALWAYS_INLINE float log_one(float argument) {
  union double_bits x = {(double)argument};
  const uint64_t exponent = (x.bits - SQRT_HALF_BITS + ((uint64_t)EXPONENT_OFFSET << 52)) >> 52;
  union double_bits m;
  m.bits = x.bits - ((exponent - EXPONENT_OFFSET) << 52);
  /* An integer below 2^52 under the exponent of 2^52 is 2^52 plus that integer. */
  union double_bits k;
  k.bits = exponent | 0x4330000000000000u;
  k.value -= 4503599627370496.0 + EXPONENT_OFFSET;
  const double s = (m.value - 1.0) / (m.value + 1.0);
  float result = (float)(k.value * LN_2 + s * log_polynomial(s * s));
  result = argument > 0.0f ? result : __builtin_nanf("");
  result = argument == 0.0f ? -__builtin_inff() : result;
  return argument == __builtin_inff() ? argument : result;
}

#endif
