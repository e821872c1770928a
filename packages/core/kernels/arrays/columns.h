/* Columns of a matrix as vectors, where the level has instructions for it. */
#ifndef LABPROOF_ARRAYS_COLUMNS_H
#define LABPROOF_ARRAYS_COLUMNS_H

#include "level.h"

#if defined(__AVX512F__)
#include <immintrin.h>

/* The first 16 columns of 16 rows: pairs of rows are interleaved, then fours, and then their quarters put in order. */
ALWAYS_INLINE void load_columns(const float *rows, size_t stride, __m512 columns[16]) {
  __m512 pairs[16], fours[16];
  UNROLLED_SLICE for (size_t i = 0; i < 8; i++) {
    const __m512 one = _mm512_loadu_ps(rows + 2 * i * stride);
    const __m512 other = _mm512_loadu_ps(rows + (2 * i + 1) * stride);
    pairs[2 * i] = _mm512_unpacklo_ps(one, other);
    pairs[2 * i + 1] = _mm512_unpackhi_ps(one, other);
  }
  UNROLLED_SLICE for (size_t i = 0; i < 4; i++) {
    UNROLLED_SLICE for (size_t half = 0; half < 2; half++) {
      const __m512d one = _mm512_castps_pd(pairs[4 * i + half]);
      const __m512d other = _mm512_castps_pd(pairs[4 * i + 2 + half]);
      fours[4 * i + 2 * half] = _mm512_castpd_ps(_mm512_unpacklo_pd(one, other));
      fours[4 * i + 2 * half + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(one, other));
    }
  }
  /* Quarter q of fours[4 · i + c] is column 4 · q + c of the rows 4 · i … 4 · i + 3. */
  UNROLLED_SLICE for (size_t c = 0; c < 4; c++) {
    const __m512 even01 = _mm512_shuffle_f32x4(fours[c], fours[4 + c], 0x88);
    const __m512 odd01 = _mm512_shuffle_f32x4(fours[c], fours[4 + c], 0xdd);
    const __m512 even23 = _mm512_shuffle_f32x4(fours[8 + c], fours[12 + c], 0x88);
    const __m512 odd23 = _mm512_shuffle_f32x4(fours[8 + c], fours[12 + c], 0xdd);
    columns[c] = _mm512_shuffle_f32x4(even01, even23, 0x88);
    columns[4 + c] = _mm512_shuffle_f32x4(odd01, odd23, 0x88);
    columns[8 + c] = _mm512_shuffle_f32x4(even01, even23, 0xdd);
    columns[12 + c] = _mm512_shuffle_f32x4(odd01, odd23, 0xdd);
  }
}
#endif

#endif
