#include "convolution/scattered-product.h"

/* Two terms a turn keep a narrow tile's sums in their places among 32 registers; with 16 there is no room for it. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define IN_PAIRS(vectors) ((vectors) <= 2)
#else
#define IN_PAIRS(vectors) 0
#endif

/* sums[i] += left[i][step] · row. */
ALWAYS_INLINE void add_term(const int rows, const int vectors, const float *const *left,
                            size_t step, const float *row, vector sums[TILE_ROWS][TILE_VECTORS]) {
  vector right[TILE_VECTORS];
  UNROLLED for (int j = 0; j < vectors; j++) right[j] = *(const vector *)(row + j * LANES);
  UNROLLED for (int i = 0; i < rows; i++) {
    const float factor = left[i][step];
    UNROLLED for (int j = 0; j < vectors; j++) sums[i][j] += factor * right[j];
  }
}

/* ends[i][0 … vectors · LANES) ← Σ over p of starts[i][steps[p]] · row p of b, for `rows` rows. */
ALWAYS_INLINE void scattered_tile(const int rows, const int vectors, const float *const *starts,
                                  const uint32_t *steps, size_t depth, const float *b,
                                  size_t bStride, float *const *ends, enum ending ending) {
  const float *left[TILE_ROWS];
  vector sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int i = 0; i < rows; i++) {
    left[i] = starts[i];
    UNROLLED for (int j = 0; j < vectors; j++) {
      sums[i][j] = ending == GO_ON ? *(const vector *)(ends[i] + j * LANES) : (vector){0};
    }
  }
  size_t p = 0;
  for (; IN_PAIRS(vectors) && p + 2 <= depth; p += 2) {
    add_term(rows, vectors, left, steps[p], b, sums);
    add_term(rows, vectors, left, steps[p + 1], b + bStride, sums);
    b += 2 * bStride;
  }
  for (; p < depth; p++) {
    add_term(rows, vectors, left, steps[p], b, sums);
    b += bStride;
  }
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int j = 0; j < vectors; j++) {
      vector *end = (vector *)(ends[i] + j * LANES);
      if (ending == ADD) sums[i][j] += *end;
      *end = sums[i][j];
    }
  }
}

typedef void scattered_function(const float *const *starts, const uint32_t *steps, size_t depth,
                                const float *b, size_t bStride, float *const *ends,
                                enum ending ending);

#define DEFINE_SCATTERED(vectors, rows)                                                            \
  static void scattered_##vectors##_##rows(const float *const *starts, const uint32_t *steps,      \
                                           size_t depth, const float *b, size_t bStride,           \
                                           float *const *ends, enum ending ending) {               \
    scattered_tile(rows, vectors, starts, steps, depth, b, bStride, ends, ending);                 \
  }
#define DEFINE_ALL_SCATTERED(vectors)                                                              \
  DEFINE_SCATTERED(vectors, 1)                                                                     \
  DEFINE_SCATTERED(vectors, 2)                                                                     \
  DEFINE_SCATTERED(vectors, 3)                                                                     \
  DEFINE_SCATTERED(vectors, 4)                                                                     \
  DEFINE_SCATTERED(vectors, 5)                                                                     \
  DEFINE_SCATTERED(vectors, 6)
#define ALL_SCATTERED(vectors)                                                                     \
  {                                                                                                \
    scattered_##vectors##_1, scattered_##vectors##_2, scattered_##vectors##_3,                     \
        scattered_##vectors##_4, scattered_##vectors##_5, scattered_##vectors##_6                  \
  }

DEFINE_ALL_SCATTERED(1)
DEFINE_ALL_SCATTERED(2)
#if TILE_VECTORS == 4
DEFINE_ALL_SCATTERED(3)
DEFINE_ALL_SCATTERED(4)
#endif

static scattered_function *const scatteredTiles[TILE_VECTORS][TILE_ROWS] = {
    ALL_SCATTERED(1),
    ALL_SCATTERED(2),
#if TILE_VECTORS == 4
    ALL_SCATTERED(3),
    ALL_SCATTERED(4),
#endif
};

void scattered_product(size_t rows, size_t columns, const float *const *starts,
                       const uint32_t *steps, size_t depth, const float *b, size_t bStride,
                       float *const *ends, enum ending ending) {
  scattered_function *compute = scatteredTiles[(columns - 1) / LANES][rows - 1];
  if (columns % LANES == 0) {
    compute(starts, steps, depth, b, bStride, ends, ending);
    return;
  }
  float aside[TILE_ROWS][TILE_COLUMNS];
  float *asideEnds[TILE_ROWS];
  for (size_t i = 0; i < rows; i++) {
    asideEnds[i] = aside[i];
    if (ending == REPLACE) continue;
    for (size_t j = 0; j < TILE_COLUMNS; j++) aside[i][j] = j < columns ? ends[i][j] : 0;
  }
  compute(starts, steps, depth, b, bStride, asideEnds, ending);
  for (size_t i = 0; i < rows; i++) {
    for (size_t j = 0; j < columns; j++) ends[i][j] = aside[i][j];
  }
}
