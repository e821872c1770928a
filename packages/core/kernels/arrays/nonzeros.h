/* Which floats are not zero: the one question for which the levels have instructions that C cannot name. */
#ifndef LABPROOF_ARRAYS_NONZEROS_H
#define LABPROOF_ARRAYS_NONZEROS_H

#include "arrays/floats.h"
#include "level.h"

#if defined(__AVX2__) || defined(__SSE2__)
#include <immintrin.h>
#elif defined(__wasm__)
#include <wasm_simd128.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* Bit i is set where x[i] of LANES floats is not ±0; NaN is not zero. */
ALWAYS_INLINE uint64_t nonzero_lanes(const float *x) {
#if defined(__AVX512F__)
  return _mm512_cmp_ps_mask(_mm512_loadu_ps(x), _mm512_setzero_ps(), _CMP_NEQ_UQ);
#elif defined(__AVX2__)
  const __m256 differ = _mm256_cmp_ps(_mm256_loadu_ps(x), _mm256_setzero_ps(), _CMP_NEQ_UQ);
  return (uint64_t)_mm256_movemask_ps(differ);
#elif defined(__SSE2__)
  return (uint64_t)_mm_movemask_ps(_mm_cmpneq_ps(_mm_loadu_ps(x), _mm_setzero_ps()));
#elif defined(__wasm__)
  return wasm_i32x4_bitmask(wasm_f32x4_ne(wasm_v128_load(x), wasm_f32x4_const_splat(0.0f)));
#elif defined(__aarch64__)
  const uint32x4_t bits = {1, 2, 4, 8};
  return vaddvq_u32(vbicq_u32(bits, vceqzq_f32(vld1q_f32(x))));
#else
  uint64_t bits = 0;
  for (int i = 0; i < LANES; i++) bits |= (uint64_t)(x[i] != 0.0f) << i;
  return bits;
#endif
}

/*
 * Writes the nonzero ones of x[0 … length) to `values` and their numbers to `indices`, ascending, and returns how many
 * there are. Both have room for LANES more than that.
 */
static inline size_t collect_nonzeros(const float *x, size_t length, uint32_t *indices,
                                      float *values) {
  size_t count = 0;
  size_t i = 0;
#if defined(__AVX512F__)
  const __m512i ascending = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (; i + LANES <= length; i += LANES) {
    const __mmask16 bits = (__mmask16)nonzero_lanes(x + i);
    const __m512i numbers = _mm512_add_epi32(ascending, _mm512_set1_epi32((int)i));
    _mm512_storeu_ps(values + count, _mm512_maskz_compress_ps(bits, _mm512_loadu_ps(x + i)));
    _mm512_storeu_si512(indices + count, _mm512_maskz_compress_epi32(bits, numbers));
    count += (size_t)__builtin_popcount(bits);
  }
#else
  while (i + LANES <= length) {
    uint64_t bits = 0;
    const size_t base = i;
    for (; i + LANES <= length && i - base < 64; i += LANES) {
      bits |= nonzero_lanes(x + i) << (i - base);
    }
    for (; bits != 0; bits &= bits - 1) {
      const size_t index = base + (size_t)__builtin_ctzll(bits);
      indices[count] = (uint32_t)index;
      values[count++] = x[index];
    }
  }
#endif
  for (; i < length; i++) {
    indices[count] = (uint32_t)i;
    values[count] = x[i];
    count += x[i] != 0.0f;
  }
  return count;
}

/* Of more values than these, the first ones speak for all: what they say changes the way of working, not a result. */
#define SAMPLE 65536

static inline size_t count_nonzeros(const float *x, size_t length) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; i++) count += x[i] != 0.0f;
  return count;
}

/* Whether at most so many in a hundred are not zero. */
static inline int few_nonzeros(const float *x, size_t length, size_t percent) {
  const size_t sample = smaller(length, SAMPLE);
  return count_nonzeros(x, sample) * 100 <= sample * percent;
}

#endif
