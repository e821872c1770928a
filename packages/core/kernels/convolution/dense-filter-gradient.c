#include "convolution/dense-filter-gradient.h"

#include "arrays/floats.h"
#include "convolution/blocks.h"
#include "convolution/scattered-product.h"
#include "convolution/views.h"
#include "dense/matrix.h"
#include "dense/packing.h"

/* Sums that wait, and the taps of a run then. */
#define PARTIAL_TAPS 256
#define PARTIAL_FLOATS (PARTIAL_TAPS * TILE_COLUMNS)

/* Rows of dy at the places of a block, filters first … first + count − 1, as rows of whole vectors. */
static const float *gradient_panel(const struct windows *w, const struct block *block,
                                   const float *dy, size_t filters, size_t first, size_t count,
                                   float *packed) {
  if (filters == count && count % LANES == 0 && block->columns == w->outWidth) {
    return dy + block->firstRow * w->outWidth * filters;
  }
  const size_t width = (count + LANES - 1) / LANES * LANES;
  for (size_t row = 0; row < block->rows; row++) {
    const size_t place = (block->firstRow + row) * w->outWidth + block->firstColumn;
    const struct matrix matrix = {dy + place * filters + first, filters, BY_ROW};
    pack_right(matrix, block->columns, count, width, packed + row * block->columns * width);
  }
  return packed;
}

/* sums[count taps][columns] ← Σ over the block's places of tap · row of the panel. */
static void sum_places(const struct view *view, const uint32_t *taps, size_t count,
                       const uint32_t *places, size_t placeCount, const float *panel,
                       size_t columns, float *sums, size_t sumStride, enum ending ending) {
  const size_t width = (columns + LANES - 1) / LANES * LANES;
  for (size_t tap = 0; tap < count; tap += TILE_ROWS) {
    const size_t rows = smaller(TILE_ROWS, count - tap);
    const float *starts[TILE_ROWS];
    float *ends[TILE_ROWS];
    for (size_t i = 0; i < rows; i++) {
      starts[i] = view->origin + taps[tap + i];
      ends[i] = sums + (tap + i) * sumStride;
    }
    scattered_product(rows, columns, starts, places, placeCount, panel, width, ends, ending);
  }
}

void dense_filter_gradient(const struct windows *w, const float *x, const float *dy, float *dw,
                           size_t firstRow, size_t rows, size_t filters, struct range ofTaps,
                           struct range ofFilters) {
  float panel[BLOCK_PLACES * TILE_COLUMNS] __attribute__((aligned(64)));
  float scratch[SCRATCH_FLOATS] __attribute__((aligned(64)));
  float partial[PARTIAL_FLOATS] __attribute__((aligned(64)));
  uint32_t taps[RUN_TAPS];
  uint32_t places[BLOCK_PLACES];

  const struct blocks blocks = blocks_of(w, BLOCK_PLACES);
  const int whole = is_one_block(w, &blocks);
  const size_t run = whole ? RUN_TAPS : PARTIAL_TAPS;
  for (size_t r = firstRow; r < rows; r++) {
    const float *image = x + r * w->height * w->width * w->channels;
    const float *gradient = dy + r * w->outHeight * w->outWidth * filters;
    for (size_t first = ofTaps.first; first < ofTaps.end; first += run) {
      const size_t count = smaller(run, ofTaps.end - first);
      const size_t group = whole ? filters : PARTIAL_FLOATS / count / TILE_COLUMNS * TILE_COLUMNS;
      for (size_t filter = ofFilters.first; filter < ofFilters.end; filter += group) {
        const size_t groupFilters = smaller(group, ofFilters.end - filter);
        float *total = dw + first * filters + filter;
        struct block block = {0};
        int onward = 0;
        while (next_block(w, &blocks, &block)) {
          const struct view view = view_of(w, blocks.sight, image, &block, first, count, scratch);
          locate_taps(w, blocks.sight, view.rowStride, first, count, taps);
          locate_places(w, &block, view.rowStride, places);
          for (size_t f = 0; f < groupFilters; f += TILE_COLUMNS) {
            const size_t columns = smaller(TILE_COLUMNS, groupFilters - f);
            const float *right =
                gradient_panel(w, &block, gradient, filters, filter + f, columns, panel);
            float *sums = whole ? total + f : partial + f * count;
            sum_places(&view, taps, count, places, block.rows * block.columns, right, columns, sums,
                       whole ? filters : columns,
                       whole    ? ADD
                       : onward ? GO_ON
                                : REPLACE);
          }
          onward = 1;
        }
        for (size_t f = 0; !whole && f < groupFilters; f += TILE_COLUMNS) {
          const size_t columns = smaller(TILE_COLUMNS, groupFilters - f);
          for (size_t k = 0; k < count; k++) {
            const float *sums = partial + f * count + k * columns;
            for (size_t j = 0; j < columns; j++) total[k * filters + f + j] += sums[j];
          }
        }
      }
    }
  }
}
