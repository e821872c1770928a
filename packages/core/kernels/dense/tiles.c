#include "dense/tiles.h"

#include "dense/matrix.h"

ALWAYS_INLINE void tile(const int rows, const int vectors, const enum layout layout, const float *a,
                        size_t aStride, const float *b, size_t bStride, float *c, size_t cStride,
                        size_t depth, int onward) {
  vector sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int j = 0; j < vectors; j++) {
      sums[i][j] = onward ? *(const vector *)(c + i * cStride + j * LANES) : (vector){0};
    }
  }
  for (size_t p = 0; p < depth; p++) {
    vector right[TILE_VECTORS];
    UNROLLED for (int j = 0; j < vectors; j++) right[j] = *(const vector *)(b + j * LANES);
    UNROLLED for (int i = 0; i < rows; i++) {
      const float left = layout == BY_ROW ? a[i * aStride + p] : a[i];
      UNROLLED for (int j = 0; j < vectors; j++) sums[i][j] += left * right[j];
    }
    b += bStride;
    if (layout == BY_COLUMN) a += aStride;
  }
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int j = 0; j < vectors; j++) {
      *(vector *)(c + i * cStride + j * LANES) = sums[i][j];
    }
  }
}

#define DEFINE_TILE(layout, vectors, rows)                                                         \
  static void tile_##layout##_##vectors##_##rows(const float *a, size_t aStride, const float *b,   \
                                                 size_t bStride, float *c, size_t cStride,         \
                                                 size_t depth, int onward) {                       \
    tile(rows, vectors, layout, a, aStride, b, bStride, c, cStride, depth, onward);                \
  }
#define DEFINE_TILES(layout, vectors)                                                              \
  DEFINE_TILE(layout, vectors, 1)                                                                  \
  DEFINE_TILE(layout, vectors, 2)                                                                  \
  DEFINE_TILE(layout, vectors, 3)                                                                  \
  DEFINE_TILE(layout, vectors, 4)                                                                  \
  DEFINE_TILE(layout, vectors, 5)                                                                  \
  DEFINE_TILE(layout, vectors, 6)
#define TILES(layout, vectors)                                                                     \
  {                                                                                                \
    tile_##layout##_##vectors##_1, tile_##layout##_##vectors##_2, tile_##layout##_##vectors##_3,   \
        tile_##layout##_##vectors##_4, tile_##layout##_##vectors##_5,                              \
        tile_##layout##_##vectors##_6                                                              \
  }

DEFINE_TILES(BY_ROW, 1)
DEFINE_TILES(BY_ROW, 2)
DEFINE_TILES(BY_COLUMN, 1)
DEFINE_TILES(BY_COLUMN, 2)
#if TILE_VECTORS == 4
DEFINE_TILES(BY_ROW, 3)
DEFINE_TILES(BY_ROW, 4)
DEFINE_TILES(BY_COLUMN, 3)
DEFINE_TILES(BY_COLUMN, 4)
#endif

tile_function *const tiles[2][TILE_VECTORS][TILE_ROWS] = {
#if TILE_VECTORS == 4
    {TILES(BY_ROW, 1), TILES(BY_ROW, 2), TILES(BY_ROW, 3), TILES(BY_ROW, 4)},
    {TILES(BY_COLUMN, 1), TILES(BY_COLUMN, 2), TILES(BY_COLUMN, 3), TILES(BY_COLUMN, 4)},
#else
    {TILES(BY_ROW, 1), TILES(BY_ROW, 2)},
    {TILES(BY_COLUMN, 1), TILES(BY_COLUMN, 2)},
#endif
};
