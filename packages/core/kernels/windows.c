/*
 * Windows that slide over images [height, width, channels]. Tap k of a window is the k-th float of its rows one after
 * the other: kernel row, kernel column, channel. Places are worked off in blocks; where windows reach beyond the
 * image, what a block sees is first copied into a scratch image with zeros around it.
 */
#include "level.h"

struct windows {
  size_t height, width, channels;
  size_t kernelHeight, kernelWidth;
  size_t strideY, strideX;
  ptrdiff_t padTop, padLeft;
  size_t outHeight, outWidth;
};

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

/* Where a block's windows are: the first tap of its first window, and the distance of two image rows. */
struct view {
  const float *origin;
  size_t rowStride;
};

static size_t taps_of(const struct windows *w) {
  return w->kernelHeight * w->kernelWidth * w->channels;
}

static int stays_inside(size_t places, size_t stride, size_t kernel, ptrdiff_t pad, size_t extent) {
  const ptrdiff_t end = (ptrdiff_t)((places - 1) * stride + kernel) - pad;
  return pad <= 0 && end <= (ptrdiff_t)extent;
}

/* Floats of the part of the image that rows × columns places see. */
static size_t seen_floats(const struct windows *w, size_t rows, size_t columns) {
  return ((rows - 1) * w->strideY + w->kernelHeight) *
         ((columns - 1) * w->strideX + w->kernelWidth) * w->channels;
}

/* Blocks of at most so many places. */
static struct blocks blocks_of(const struct windows *w, size_t places) {
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

static int is_one_block(const struct windows *w, const struct blocks *blocks) {
  return blocks->rows == w->outHeight && blocks->columns == w->outWidth;
}

/* The block after `block` in row-major order; the first one after an empty block. 0 after the last. */
static int next_block(const struct windows *w, const struct blocks *blocks, struct block *block) {
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

static void fill_zeros(float *values, size_t length) {
  for (size_t i = 0; i < length; i++) values[i] = 0.0f;
}

/* The part of an image row from column `first` on, `columns` long, with zeros beyond the image. */
static void copy_row(const struct windows *w, const float *image, ptrdiff_t row, ptrdiff_t first,
                     size_t columns, float *out) {
  const size_t channels = w->channels;
  if (row < 0 || row >= (ptrdiff_t)w->height) {
    fill_zeros(out, columns * channels);
    return;
  }
  const ptrdiff_t width = (ptrdiff_t)w->width;
  const ptrdiff_t end = first + (ptrdiff_t)columns;
  const ptrdiff_t from = first < 0 ? (end < 0 ? end : 0) : first;
  const ptrdiff_t to = end < width ? end : (from > width ? from : width);
  const float *values = image + (row * width + from) * (ptrdiff_t)channels;
  fill_zeros(out, (size_t)(from - first) * channels);
  out += (size_t)(from - first) * channels;
  if (to > from) {
    const size_t length = (size_t)(to - from) * channels;
    for (size_t i = 0; i < length; i++) out[i] = values[i];
    out += length;
    fill_zeros(out, (size_t)(end - to) * channels);
  } else {
    fill_zeros(out, (size_t)(end - from) * channels);
  }
}

/* One window's taps from `first` on, with zeros beyond the image. */
static void copy_taps(const struct windows *w, const float *image, ptrdiff_t row, ptrdiff_t column,
                      size_t first, size_t count, float *out) {
  for (size_t k = first; k < first + count; k++) {
    const size_t tap = k / w->channels;
    const ptrdiff_t y = row + (ptrdiff_t)(tap / w->kernelWidth);
    const ptrdiff_t x = column + (ptrdiff_t)(tap % w->kernelWidth);
    const int inside = y >= 0 && y < (ptrdiff_t)w->height && x >= 0 && x < (ptrdiff_t)w->width;
    *out++ = inside ? image[(y * (ptrdiff_t)w->width + x) * (ptrdiff_t)w->channels +
                            (ptrdiff_t)(k % w->channels)]
                    : 0.0f;
  }
}

/* What a block sees of an image, at least the taps first … first + count − 1. */
static struct view view_of(const struct windows *w, enum sight sight, const float *image,
                           const struct block *block, size_t first, size_t count, float *scratch) {
  const ptrdiff_t top = (ptrdiff_t)(block->firstRow * w->strideY) - w->padTop;
  const ptrdiff_t left = (ptrdiff_t)(block->firstColumn * w->strideX) - w->padLeft;
  if (sight == IN_PLACE) {
    const ptrdiff_t origin = (top * (ptrdiff_t)w->width + left) * (ptrdiff_t)w->channels;
    return (struct view){image + origin, w->width * w->channels};
  }
  if (sight == TAP_BY_TAP) {
    copy_taps(w, image, top, left, first, count, scratch);
    return (struct view){scratch, 0};
  }
  const size_t rows = (block->rows - 1) * w->strideY + w->kernelHeight;
  const size_t columns = (block->columns - 1) * w->strideX + w->kernelWidth;
  const size_t rowStride = columns * w->channels;
  for (size_t row = 0; row < rows; row++) {
    copy_row(w, image, top + (ptrdiff_t)row, left, columns, scratch + row * rowStride);
  }
  return (struct view){scratch, rowStride};
}

/* Where the taps first … first + count − 1 lie from their window's first tap. */
static void locate_taps(const struct windows *w, enum sight sight, size_t rowStride, size_t first,
                        size_t count, uint32_t *offsets) {
  const size_t rowTaps = w->kernelWidth * w->channels;
  for (size_t k = first; k < first + count; k++) {
    const size_t row = k / rowTaps;
    *offsets++ = (uint32_t)(sight == TAP_BY_TAP ? k - first : row * rowStride + k - row * rowTaps);
  }
}

/* Where the windows of a block's places begin, from the block's first one. */
static void locate_places(const struct windows *w, const struct block *block, size_t rowStride,
                          uint32_t *offsets) {
  for (size_t row = 0; row < block->rows; row++) {
    for (size_t column = 0; column < block->columns; column++) {
      const size_t pixel = column * w->strideX * w->channels;
      *offsets++ = (uint32_t)(row * w->strideY * rowStride + pixel);
    }
  }
}
