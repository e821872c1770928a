/* sin of any float32, in float64 with + − × ÷ only, rounded once at the end. */
#include "elementary/bits.h"
#include "elementary/constants.h"
#include "level.h"

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
