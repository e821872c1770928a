/* Tiles of a product whose sums stay in registers: one function for each layout and size. */
#ifndef LABPROOF_DENSE_TILES_H
#define LABPROOF_DENSE_TILES_H

#include "level.h"

#define tiles SHARED(tiles)

/*
 * c[rows, vectors · LANES] += a · b over p = 0 … depth − 1, starting from c where `onward`, else from +0.
 * Row p of b is at b + p · bStride, row i of c at c + i · cStride.
 */
typedef void tile_function(const float *a, size_t aStride, const float *b, size_t bStride, float *c,
                           size_t cStride, size_t depth, int onward);

/* By the layout of a, and by vectors and rows, each less one. */
extern tile_function *const tiles[2][TILE_VECTORS][TILE_ROWS];

#endif
