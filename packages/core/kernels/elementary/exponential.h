/*
 * exp and expm1 without any library: computed in float64 with + − × ÷ only. src/elementary/exponential.ts does the same
 * steps in the same order; the other files of the two folders belong together alike. Polynomials are Taylor series cut
 * where the rest is below 2^-40 of the result.
 */
#ifndef LABPROOF_ELEMENTARY_EXPONENTIAL_H
#define LABPROOF_ELEMENTARY_EXPONENTIAL_H

#include "elementary/bits.h"
#include "elementary/constants.h"
#include "level.h"

#define LOG2_E 1.4426950408889634

/* exp(r) − 1 = rest, and 2^k with exp(x) = (rest + 1) · 2^k, for any x; beyond ±104 arguments count as ±104. */
struct exponential {
  double k, rest, power;
};

ALWAYS_INLINE struct exponential exp_parts(double x) {
  double clamped = x < -104.0 ? -104.0 : x;
  clamped = clamped > 104.0 ? 104.0 : clamped;
  const union double_bits shifted = {clamped * LOG2_E + ROUNDER};
  const double k = shifted.value - ROUNDER;
  const double r = clamped - k * LN_2;
  double p = 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 1.0 / 2.0;
  p = p * r + 1.0;
  union double_bits power;
  power.bits = (shifted.bits + 1023) << 52;
  const struct exponential parts = {k, p * r, power.value};
  return parts;
}

/* exp(x) for any x: beyond ±104 float32 has long overflowed or underflowed. */
ALWAYS_INLINE double exp_double(double x) {
  const struct exponential e = exp_parts(x);
  return (e.rest + 1.0) * e.power;
}

/* exp(x) − 1; where k is 0 the 1 is never added. */
ALWAYS_INLINE double expm1_double(double x) {
  const struct exponential e = exp_parts(x);
  const double large = (e.rest + 1.0) * e.power - 1.0;
  return e.k == 0.0 ? e.rest : large;
}

ALWAYS_INLINE float exp_one(float x) { return (float)exp_double((double)x); }

#endif
