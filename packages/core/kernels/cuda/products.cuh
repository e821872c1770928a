/* The three products of a dense layer. Blocks are numbered along the columns of the output first. */
#include "cuda/sources.cuh"
#include "cuda/tile.cuh"

/* out[rows, columns] = left · right over `depth`, where a block finds its tile by its number. */
template <class Shape, bool LEFT_BY_ROW, bool RIGHT_BY_ROW, bool VECTOR, class Left, class Right>
DEVICE void product(const Left &left, const Right &right, float *out, uint32_t rows, uint32_t depth,
                    uint32_t columns, const float *beside, uint32_t ending) {
  const uint32_t across = (columns + Shape::COLUMNS - 1) / Shape::COLUMNS;
  const uint32_t firstRow = blockIdx.x / across * Shape::ROWS;
  const uint32_t firstColumn = blockIdx.x % across * Shape::COLUMNS;
  struct tile<Shape> tile;
  multiply<Shape, LEFT_BY_ROW, RIGHT_BY_ROW, VECTOR>(left, right, firstRow, firstColumn, depth,
                                                     tile);
  store<Shape, VECTOR>(tile, out, firstRow, firstColumn, rows, columns, beside, ending);
}

#define MATMUL(shape, name, VECTOR)                                                                \
  TILED(matmul_##name)                                                                             \
  (struct arena arena, const float *a, const float *b, float *c, uint32_t m, uint32_t k,           \
   uint32_t n, const float *beside, uint32_t ending) {                                             \
    const struct lines left = {own(arena, a), m, k, k};                                            \
    const struct columns right = {own(arena, b), n, k, n};                                         \
    product<shape, true, false, VECTOR>(left, right, own(arena, c), m, k, n, own(arena, beside),   \
                                        ending);                                                   \
  }                                                                                                \
  TILED(matmulInputGradient_##name)                                                                \
  (struct arena arena, const float *dy, const float *w, float *dx, uint32_t m, uint32_t k,         \
   uint32_t n, const float *beside, uint32_t ending) {                                             \
    const struct lines left = {own(arena, dy), m, n, n};                                           \
    const struct lines right = {own(arena, w), k, n, n};                                           \
    product<shape, true, true, VECTOR>(left, right, own(arena, dx), m, n, k, own(arena, beside),   \
                                       ending);                                                    \
  }                                                                                                \
  TILED(matmulWeightGradient_##name)                                                               \
  (struct arena arena, const float *x, const float *dy, float *dw, uint32_t m, uint32_t k,         \
   uint32_t n) {                                                                                   \
    const struct columns left = {own(arena, x), k, m, k};                                          \
    const struct columns right = {own(arena, dy), n, m, n};                                        \
    product<shape, false, false, VECTOR>(left, right, own(arena, dw), k, m, n, NULL, 0);           \
  }

MATMUL(large, large, false)
MATMUL(large, large_by_fours, true)
MATMUL(medium, medium, false)
MATMUL(medium, medium_by_fours, true)
MATMUL(little, little, false)
MATMUL(little, little_by_fours, true)
MATMUL(small, small, false)
MATMUL(small, small_by_fours, true)
