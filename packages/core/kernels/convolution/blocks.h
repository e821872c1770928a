/*
 * The places of windows, worked off in blocks; where windows reach beyond the image, what a block sees is first copied
 * into a scratch image with zeros around it.
 */
#ifndef LABPROOF_CONVOLUTION_BLOCKS_H
#define LABPROOF_CONVOLUTION_BLOCKS_H

#include "arrays/floats.h"
#include "convolution/windows.h"
#include "level.h"

/* Most places of a block, taps of a run, and floats of a scratch image. */
#define BLOCK_PLACES 1024
#define RUN_TAPS 1024
#define SCRATCH_FLOATS (1 << 17)

/* A rectangle of places. */
struct block {
  size_t firstRow, firstColumn, rows, columns;
};

/* How the places are cut into blocks, and how a block sees its image. */
enum sight { IN_PLACE, COPIED, TAP_BY_TAP };
struct blocks {
  enum sight sight;
  size_t rows, columns;
};

static inline int stays_inside(size_t places, size_t stride, size_t kernel, ptrdiff_t pad,
                               size_t extent) {
  const ptrdiff_t end = (ptrdiff_t)((places - 1) * stride + kernel) - pad;
  return pad <= 0 && end <= (ptrdiff_t)extent;
}

/* Blocks of at most so many places. */
static inline struct blocks blocks_of(const struct windows *w, size_t places) {
  struct blocks blocks = {IN_PLACE, 0, smaller(w->outWidth, places)};
  blocks.rows = smaller(w->outHeight, places / blocks.columns);
  if (stays_inside(w->outHeight, w->strideY, w->kernelHeight, w->padTop, w->height) &&
      stays_inside(w->outWidth, w->strideX, w->kernelWidth, w->padLeft, w->width)) {
    return blocks;
  }
  blocks.sight = COPIED;
  while (blocks.rows > 1 && seen_floats(w, blocks.rows, blocks.columns) > SCRATCH_FLOATS) {
    blocks.rows--;
  }
  while (blocks.columns > 1 && seen_floats(w, 1, blocks.columns) > SCRATCH_FLOATS) blocks.columns--;
  if (seen_floats(w, 1, 1) > SCRATCH_FLOATS) blocks.sight = TAP_BY_TAP;
  return blocks;
}

static inline int is_one_block(const struct windows *w, const struct blocks *blocks) {
  return blocks->rows == w->outHeight && blocks->columns == w->outWidth;
}

/* The block after `block` in row-major order; the first one after an empty block. 0 after the last. */
static inline int next_block(const struct windows *w, const struct blocks *blocks,
                             struct block *block) {
  if (block->rows == 0) {
    *block = (struct block){0, 0, 0, 0};
  } else if (block->firstColumn + block->columns < w->outWidth) {
    block->firstColumn += block->columns;
  } else {
    block->firstRow += block->rows;
    block->firstColumn = 0;
  }
  if (block->firstRow >= w->outHeight) return 0;
  block->rows = smaller(blocks->rows, w->outHeight - block->firstRow);
  block->columns = smaller(blocks->columns, w->outWidth - block->firstColumn);
  return 1;
}

#endif
