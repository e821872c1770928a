/*
 * exp, log, tanh, sigmoid and sin of float32 arguments without any library: computed in float64 with + − × ÷ only,
 * rounded to float32 once at the end. src/engines/oracle/elementary.ts does the same steps in the same order.
 * Polynomials are Taylor series cut where the rest is below 2^-40 of the result.
 */
#include "level.h"

#define LOG2_E 1.4426950408889634
#define LN_2 0.6931471805599453
/* 1.5 · 2^52: adding it leaves the nearest integer (ties to even) in the low bits of the sum. */
#define ROUNDER 6755399441055744.0

union double_bits {
  double value;
  uint64_t bits;
};

union float_bits {
  float value;
  uint32_t bits;
};

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

#define TWO_OVER_PI 0.6366197723675814
/* π/2 in three parts, the first two of 33 bits: products with integers below 2^20 are exact. */
#define HALF_PI_1 1.5707963267341256
#define HALF_PI_2 6.077100506303966e-11
#define HALF_PI_3 2.0222662487959506e-21
#define REDUCTION_LIMIT 1048576.0f
#define HALF_PI 1.5707963267948966

/* sin(quadrant · π/2 + r) for r in [−π/4, π/4]. */
ALWAYS_INLINE float sin_reduced(uint32_t quadrant, double r) {
  const double z = r * r;
  double p = 1.0 / 6227020800.0;
  p = p * z - 1.0 / 39916800.0;
  p = p * z + 1.0 / 362880.0;
  p = p * z - 1.0 / 5040.0;
  p = p * z + 1.0 / 120.0;
  p = p * z - 1.0 / 6.0;
  p = p * z + 1.0;
  const double sine = r * p;
  double q = -1.0 / 87178291200.0;
  q = q * z + 1.0 / 479001600.0;
  q = q * z - 1.0 / 3628800.0;
  q = q * z + 1.0 / 40320.0;
  q = q * z - 1.0 / 720.0;
  q = q * z + 1.0 / 24.0;
  q = q * z - 1.0 / 2.0;
  const double cosine = q * z + 1.0;
  const double value = (quadrant & 1) == 0 ? sine : cosine;
  return (float)((quadrant & 2) == 0 ? value : -value);
}

ALWAYS_INLINE float sin_common(float argument) {
  const double x = (double)argument;
  const union double_bits shifted = {x * TWO_OVER_PI + ROUNDER};
  const double k = shifted.value - ROUNDER;
  const double r = x - k * HALF_PI_1 - k * HALF_PI_2 - k * HALF_PI_3;
  return sin_reduced((uint32_t)shifted.bits, r);
}

/* Three zero words, then the first 256 bits of the fraction 2/π: enough for every float32. */
static const uint32_t twoOverPi[11] = {
    0,          0,          0,          0xa2f9836e, 0x4e441529, 0xfc2757d1,
    0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561,
};

/*
 * |x| > 2^20, by exact integers (Payne and Hanek, 1983): bits of 2/π above 2^(1 − exponent) only add multiples of
 * four quadrants; the 96 bits below are multiplied with the mantissa, modulo four quadrants.
 */
static float sin_huge(float x) {
  const union float_bits u = {x};
  const uint32_t exponentField = (u.bits >> 23) & 0xff;
  if (exponentField == 0xff) return __builtin_nanf("");
  const uint64_t mantissa = (u.bits & 0x7fffff) | 0x800000;
  /* The window's first bit has weight 2^-(exponent − 1); 96 zero bits stand before the fraction. */
  const uint32_t first = 96 + exponentField - 152;
  const uint32_t word = first / 32;
  const uint32_t shift = first % 32;
  uint64_t window[3];
  for (uint32_t i = 0; i < 3; i++) {
    const uint64_t pair = (uint64_t)twoOverPi[word + i] << 32 | twoOverPi[word + i + 1];
    window[i] = (pair << shift) >> 32;
  }
  const uint64_t low = mantissa * window[2];
  const uint64_t middle = mantissa * window[1] + (low >> 32);
  const uint64_t turns = (mantissa * window[0] << 32) + middle;
  const uint64_t quadrant = (turns + ((uint64_t)1 << 61)) >> 62;
  const int64_t fraction = (int64_t)(turns - (quadrant << 62));
  const double r = (double)fraction * 2.168404344971009e-19 * HALF_PI;
  return u.bits >> 31 ? sin_reduced(0u - (uint32_t)quadrant, -r)
                      : sin_reduced((uint32_t)quadrant, r);
}

void KERNEL(exp)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = exp_one(x[i]);
}

void KERNEL(log)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = log_one(x[i]);
}

void KERNEL(tanh)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = tanh_one(x[i]);
}

void KERNEL(sigmoid)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = sigmoid_one(x[i]);
}

#define SIN_CHUNK 64

void KERNEL(sin)(const float *x, float *y, uint32_t length) {
  for (size_t start = 0; start < length; start += SIN_CHUNK) {
    const size_t end = length - start < SIN_CHUNK ? length : start + SIN_CHUNK;
    int common = 1;
    for (size_t i = start; i < end; i++) {
      common &= (x[i] <= REDUCTION_LIMIT) & (x[i] >= -REDUCTION_LIMIT);
    }
    if (common) {
      ELEMENTWISE for (size_t i = start; i < end; i++) y[i] = sin_common(x[i]);
      continue;
    }
    for (size_t i = start; i < end; i++) {
      const int reducible = x[i] <= REDUCTION_LIMIT && x[i] >= -REDUCTION_LIMIT;
      y[i] = reducible ? sin_common(x[i]) : sin_huge(x[i]);
    }
  }
}

void KERNEL(sqrt)(const float *x, float *y, uint32_t length) {
  ELEMENTWISE EACH(i, length) y[i] = __builtin_sqrtf(x[i]);
}
