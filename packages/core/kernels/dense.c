/*
 * Matrix products whose every output element is the sum of its terms in ascending order, each product and each sum
 * rounded: vectors run over the outputs, so their width changes no bit. Long sums are cut into blocks; between blocks
 * the partial sum waits in C, which is exact.
 */
#include "level.h"

#define BLOCK_DEPTH 256
#define BLOCK_ROWS (TILE_ROWS * 22)
/* Copying B into panels pays from so many rows on; copying A from so many columns on. */
#define PACK_B_FROM_ROWS 48
#define PACK_A_FROM_COLUMNS (3 * TILE_COLUMNS)

/* How element (i, p) of the left factor is stored: at a[i · stride + p], or at a[p · stride + i]. */
enum layout { BY_ROW, BY_COLUMN };

struct matrix {
  const float *values;
  size_t stride;
  enum layout layout;
};

/*
 * c[rows, vectors · LANES] += a · b over p = 0 … depth − 1, starting from c where `onward`, else from +0.
 * Row p of b is at b + p · bStride, row i of c at c + i · cStride.
 */
ALWAYS_INLINE void tile(const int rows, const int vectors, const enum layout layout,
                        const float *a, size_t aStride, const float *b, size_t bStride, float *c,
                        size_t cStride, size_t depth, int onward) {
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

typedef void tile_function(const float *a, size_t aStride, const float *b, size_t bStride, float *c,
                           size_t cStride, size_t depth, int onward);

#define DEFINE_TILE(layout, vectors, rows)                                                        \
  static void tile_##layout##_##vectors##_##rows(                                                 \
      const float *a, size_t aStride, const float *b, size_t bStride, float *c, size_t cStride,   \
      size_t depth, int onward) {                                                                 \
    tile(rows, vectors, layout, a, aStride, b, bStride, c, cStride, depth, onward);               \
  }
#define DEFINE_TILES(layout, vectors)                                                             \
  DEFINE_TILE(layout, vectors, 1)                                                                 \
  DEFINE_TILE(layout, vectors, 2)                                                                 \
  DEFINE_TILE(layout, vectors, 3)                                                                 \
  DEFINE_TILE(layout, vectors, 4)                                                                 \
  DEFINE_TILE(layout, vectors, 5)                                                                 \
  DEFINE_TILE(layout, vectors, 6)
#define TILES(layout, vectors)                                                                    \
  {tile_##layout##_##vectors##_1, tile_##layout##_##vectors##_2, tile_##layout##_##vectors##_3,   \
   tile_##layout##_##vectors##_4, tile_##layout##_##vectors##_5, tile_##layout##_##vectors##_6}

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

static tile_function *const tiles[2][TILE_VECTORS][TILE_ROWS] = {
#if TILE_VECTORS == 4
    {TILES(BY_ROW, 1), TILES(BY_ROW, 2), TILES(BY_ROW, 3), TILES(BY_ROW, 4)},
    {TILES(BY_COLUMN, 1), TILES(BY_COLUMN, 2), TILES(BY_COLUMN, 3), TILES(BY_COLUMN, 4)},
#else
    {TILES(BY_ROW, 1), TILES(BY_ROW, 2)},
    {TILES(BY_COLUMN, 1), TILES(BY_COLUMN, 2)},
#endif
};

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Copies columns [0, columns) of b's rows [0, depth) to rows of `width` floats, the rest of each row zero. */
static void pack_right(struct matrix b, size_t depth, size_t columns, size_t width, float *packed) {
  if (b.layout == BY_ROW) {
    for (size_t p = 0; p < depth; p++) {
      size_t j = 0;
      for (; j + LANES <= columns; j += LANES) {
        *(vector *)(packed + p * width + j) = *(const vector *)(b.values + p * b.stride + j);
      }
      for (; j < columns; j++) packed[p * width + j] = b.values[p * b.stride + j];
      for (; j < width; j++) packed[p * width + j] = 0;
    }
    return;
  }
  for (size_t first = 0; first < depth; first += 8) {
    const size_t last = smaller(first + 8, depth);
    for (size_t j = 0; j < columns; j++) {
      for (size_t p = first; p < last; p++) packed[p * width + j] = b.values[j * b.stride + p];
    }
    for (size_t j = columns; j < width; j++) {
      for (size_t p = first; p < last; p++) packed[p * width + j] = 0;
    }
  }
}

/* Copies a's rows [0, rows) × [0, depth) to panels of TILE_ROWS rows, each panel stored by column. */
static void pack_left(struct matrix a, size_t rows, size_t depth, float *packed) {
  for (size_t first = 0; first < rows; first += TILE_ROWS) {
    const size_t count = smaller(TILE_ROWS, rows - first);
    for (size_t p = 0; p < depth; p++) {
      for (size_t i = 0; i < count; i++) {
        packed[p * TILE_ROWS + i] = a.layout == BY_ROW ? a.values[(first + i) * a.stride + p]
                                                       : a.values[p * a.stride + first + i];
      }
    }
    packed += depth * TILE_ROWS;
  }
}

/* One tile whose last vector reaches beyond c's columns: worked out aside, then copied in part. */
static void edge_tile(tile_function *compute, size_t rows, size_t columns, const float *a,
                      size_t aStride, const float *b, size_t bStride, float *c, size_t cStride,
                      size_t depth, int onward) {
  float aside[TILE_ROWS * TILE_COLUMNS];
  if (onward) {
    for (size_t i = 0; i < rows; i++) {
      for (size_t j = 0; j < TILE_COLUMNS; j++) {
        aside[i * TILE_COLUMNS + j] = j < columns ? c[i * cStride + j] : 0;
      }
    }
  }
  compute(a, aStride, b, bStride, aside, TILE_COLUMNS, depth, onward);
  for (size_t i = 0; i < rows; i++) {
    for (size_t j = 0; j < columns; j++) c[i * cStride + j] = aside[i * TILE_COLUMNS + j];
  }
}

/* c[rows, columns] = a[rows, depth] · b[depth, columns]; b's layout BY_COLUMN means b(p, j) = b[j · stride + p]. */
static void dense_product(struct matrix a, struct matrix b, float *c, size_t rows, size_t depth,
                          size_t columns) {
  float rightPanel[BLOCK_DEPTH * TILE_COLUMNS] __attribute__((aligned(64)));
  float leftPanels[BLOCK_ROWS * BLOCK_DEPTH] __attribute__((aligned(64)));

  if (depth == 0) {
    for (size_t i = 0; i < rows * columns; i++) c[i] = 0;
    return;
  }
  const size_t blocks = (depth + BLOCK_DEPTH - 1) / BLOCK_DEPTH;
  const size_t blockDepth = (depth + blocks - 1) / blocks;
  const int packLeft = columns >= PACK_A_FROM_COLUMNS;

  for (size_t firstRow = 0; firstRow < rows; firstRow += BLOCK_ROWS) {
    const size_t blockRows = smaller(BLOCK_ROWS, rows - firstRow);
    for (size_t start = 0; start < depth; start += blockDepth) {
      const size_t length = smaller(blockDepth, depth - start);
      struct matrix left = a;
      left.values += a.layout == BY_ROW ? firstRow * a.stride + start : start * a.stride + firstRow;
      if (packLeft) pack_left(left, blockRows, length, leftPanels);

      for (size_t column = 0; column < columns; column += TILE_COLUMNS) {
        const size_t width = smaller(TILE_COLUMNS, columns - column);
        const size_t vectors = (width + LANES - 1) / LANES;
        struct matrix right = b;
        right.values += b.layout == BY_ROW ? start * b.stride + column : column * b.stride + start;
        const float *panel = right.values;
        size_t panelStride = right.stride;
        if (b.layout == BY_COLUMN || width % LANES != 0 || blockRows >= PACK_B_FROM_ROWS) {
          pack_right(right, length, width, vectors * LANES, rightPanel);
          panel = rightPanel;
          panelStride = vectors * LANES;
        }
        for (size_t row = 0; row < blockRows; row += TILE_ROWS) {
          const size_t count = smaller(TILE_ROWS, blockRows - row);
          const enum layout layout = packLeft ? BY_COLUMN : left.layout;
          const size_t leftStride = packLeft ? TILE_ROWS : left.stride;
          const float *leftRows = packLeft                ? leftPanels + row * length
                                  : left.layout == BY_ROW ? left.values + row * left.stride
                                                          : left.values + row;
          tile_function *compute = tiles[layout][vectors - 1][count - 1];
          float *out = c + (firstRow + row) * columns + column;
          if (width % LANES == 0) {
            compute(leftRows, leftStride, panel, panelStride, out, columns, length, start > 0);
          } else {
            edge_tile(compute, count, width, leftRows, leftStride, panel, panelStride, out, columns,
                      length, start > 0);
          }
        }
      }
    }
  }
}
