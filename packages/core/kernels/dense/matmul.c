/*
 * Matrix products and their gradients. Every output element is the sum of its terms in ascending order, each product and
 * each sum rounded: vectors run over the outputs, so their width changes no bit. Long sums are cut into blocks; between
 * blocks the partial sum waits in C, which is exact. Where a factor is mostly zeros sparse-product.c does it, and agrees.
 */
#include "arrays/floats.h"
#include "dense/matrix.h"
#include "dense/packing.h"
#include "dense/sparse-product.h"
#include "dense/tiles.h"
#include "level.h"
#include "threads/range.h"

#define BLOCK_DEPTH 256
#define BLOCK_ROWS (TILE_ROWS * 22)
/* Copying B into panels pays from so many rows on; copying A from so many columns on. */
#define PACK_B_FROM_ROWS 48
#define PACK_A_FROM_COLUMNS (3 * TILE_COLUMNS)

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

/*
 * c[rows, columns] = a[rows, depth] · b[depth, columns]; b's layout BY_COLUMN means b(p, j) = b[j · stride + p]. Row i of
 * c is at c + i · cStride.
 */
static void dense_product(struct matrix a, struct matrix b, float *c, size_t cStride, size_t rows,
                          size_t depth, size_t columns) {
  float rightPanel[BLOCK_DEPTH * TILE_COLUMNS] __attribute__((aligned(64)));
  float leftPanels[BLOCK_ROWS * BLOCK_DEPTH] __attribute__((aligned(64)));

  if (depth == 0) {
    for (size_t i = 0; i < rows; i++) fill_zeros(c + i * cStride, columns);
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
          float *out = c + (firstRow + row) * cStride + column;
          if (width % LANES == 0) {
            compute(leftRows, leftStride, panel, panelStride, out, cStride, length, start > 0);
          } else {
            edge_tile(compute, count, width, leftRows, leftStride, panel, panelStride, out, cStride,
                      length, start > 0);
          }
        }
      }
    }
  }
}

/* The factor without its first rows (of the left one) or columns (of the right one). */
static struct matrix without(struct matrix factor, size_t lines, int areRows) {
  const int apart = (factor.layout == BY_ROW) == areRows;
  factor.values += apart ? lines * factor.stride : lines;
  return factor;
}

/*
 * One of the parts of c = a · b, without gaps between c's rows. Each computes a strip of rows, or of columns where these
 * are many more: what all parts need of the factors is then the smaller one.
 */
static void product_part(struct matrix a, struct matrix b, float *c, size_t rows, size_t depth,
                         size_t columns, int mayBeSparse, uint32_t part, uint32_t parts) {
  const int byColumns = columns / 4 > rows;
  const struct range range = byColumns ? range_of(columns, TILE_COLUMNS, part, parts)
                                       : range_of(rows, TILE_ROWS, part, parts);
  if (range.first >= range.end) return;
  const size_t count = range.end - range.first;
  const struct matrix left = byColumns ? a : without(a, range.first, 1);
  const struct matrix right = byColumns ? without(b, range.first, 0) : b;
  float *out = c + range.first * (byColumns ? 1 : columns);
  const size_t ownRows = byColumns ? rows : count;
  const size_t ownColumns = byColumns ? count : columns;
  if (mayBeSparse && sparse_pays(left, right, ownRows, depth, ownColumns)) {
    sparse_product(left, right, out, columns, ownRows, depth, ownColumns);
  } else {
    dense_product(left, right, out, columns, ownRows, depth, ownColumns);
  }
}

void KERNEL(matmulPart)(const float *a, const float *b, float *c, uint32_t m, uint32_t k,
                        uint32_t n, uint32_t part, uint32_t parts) {
  product_part((struct matrix){a, k, BY_ROW}, (struct matrix){b, n, BY_ROW}, c, m, k, n, 1, part,
               parts);
}

void KERNEL(matmul)(const float *a, const float *b, float *c, uint32_t m, uint32_t k, uint32_t n) {
  KERNEL(matmulPart)(a, b, c, m, k, n, 0, 1);
}

void KERNEL(matmulInputGradientPart)(const float *dy, const float *w, float *dx, uint32_t m,
                                     uint32_t k, uint32_t n, uint32_t part, uint32_t parts) {
  product_part((struct matrix){dy, n, BY_ROW}, (struct matrix){w, n, BY_COLUMN}, dx, m, n, k, 0,
               part, parts);
}

void KERNEL(matmulInputGradient)(const float *dy, const float *w, float *dx, uint32_t m, uint32_t k,
                                 uint32_t n) {
  KERNEL(matmulInputGradientPart)(dy, w, dx, m, k, n, 0, 1);
}

void KERNEL(matmulWeightGradientPart)(const float *x, const float *dy, float *dw, uint32_t m,
                                      uint32_t k, uint32_t n, uint32_t part, uint32_t parts) {
  product_part((struct matrix){x, k, BY_COLUMN}, (struct matrix){dy, n, BY_ROW}, dw, k, m, n, 1,
               part, parts);
}

void KERNEL(matmulWeightGradient)(const float *x, const float *dy, float *dw, uint32_t m,
                                  uint32_t k, uint32_t n) {
  KERNEL(matmulWeightGradientPart)(x, dy, dw, m, k, n, 0, 1);
}
