/*
 * What one instruction-set level offers. Every source is compiled once per level, on its own; the compiler's own macros
 * say which one it is, and LABPROOF_LEVEL names it. Only the shape of the work differs between levels, never a bit of
 * the results.
 */
#ifndef LABPROOF_LEVEL_H
#define LABPROOF_LEVEL_H

#if defined(LABPROOF_GPU)
#include "cuda/gpu.cuh"
#else

#include <stddef.h>
#include <stdint.h>

/* Float lanes of a vector, and the vectors of a matmul tile's row; its 6 rows of accumulators fill the registers. */
#if defined(__AVX512F__)
#define LANES 16
#define TILE_VECTORS 4
#elif defined(__AVX2__)
#define LANES 8
#define TILE_VECTORS 2
#elif defined(__aarch64__)
#define LANES 4
#define TILE_VECTORS 4
#else
#define LANES 4
#define TILE_VECTORS 2
#endif
#define TILE_ROWS 6
#define TILE_COLUMNS (LANES * TILE_VECTORS)

/* A vector that may lie at any float's address. */
typedef float vector __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Loops over independent elements whose output may be exactly their input, but never a shifted part of it. */
#if defined(__clang__)
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")
#define UNROLLED _Pragma("clang loop unroll(full)")
#define UNROLLED_SLICE UNROLLED
#define ROLLED _Pragma("clang loop unroll(disable)")
#else
#define ELEMENTWISE _Pragma("GCC ivdep")
#define UNROLLED _Pragma("GCC unroll 8")
#define UNROLLED_SLICE _Pragma("GCC unroll 32")
#define ROLLED _Pragma("GCC unroll 1")
#endif

/* Each index below `length`, in any order: here a loop, in the sources for a GPU one thread an index. */
#define EACH(i, length) for (size_t i = 0; i < (length); i++)

/* Public name of a kernel at this level, e.g. relu_avx2; signatures.h declares it with the same macro. */
#define LEVEL_NAME_(name, level) name##_##level
#define LEVEL_NAME(name, level) LEVEL_NAME_(name, level)
#define KERNEL(name) LEVEL_NAME(name, LABPROOF_LEVEL)

/*
 * Functions that files of a level share have the level in their names too, because an addon holds several levels. The
 * header that declares one says `#define tiles SHARED(tiles)`.
 */
#define SHARED(name) LEVEL_NAME(name, LABPROOF_LEVEL)

#include "signatures.h"

#endif

#endif
