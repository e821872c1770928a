#include "convolution/convolve.h"

#include "arrays/floats.h"
#include "convolution/blocks.h"
#include "convolution/scattered-product.h"
#include "convolution/views.h"
#include "dense/packing.h"

#define PANEL_FLOATS (RUN_TAPS * TILE_COLUMNS)

/* Copies the taps first … first + depth − 1 of some filters to rows of `width` floats. */
static void pack_filters(const struct windows *w, const struct filters *filters, size_t first,
                         size_t depth, size_t filter, size_t count, size_t width, float *packed) {
  const size_t end = first + depth;
  for (size_t k = first; k < end;) {
    const size_t tap = k / w->channels;
    const size_t channel = k % w->channels;
    const size_t channels = smaller(w->channels - channel, end - k);
    const ptrdiff_t y = (ptrdiff_t)(tap / w->kernelWidth);
    const ptrdiff_t x = (ptrdiff_t)(tap % w->kernelWidth);
    struct matrix matrix = filters->matrix;
    matrix.values += y * filters->stepY + x * filters->stepX;
    matrix.values += matrix.layout == BY_ROW ? channel * matrix.stride + filter
                                             : filter * matrix.stride + channel;
    pack_right(matrix, channels, count, width, packed);
    packed += channels * width;
    k += channels;
  }
}

/* All places of one block against filters first … first + count − 1, whose panels are packed. */
static void convolve_block(const struct view *view, const uint32_t *places, size_t columns,
                           size_t placeCount, const uint32_t *taps, size_t depth,
                           const float *panels, size_t count, const struct output *output,
                           float *out, enum ending ending) {
  for (size_t filter = 0; filter < count; filter += TILE_COLUMNS) {
    const size_t width = smaller(TILE_COLUMNS, count - filter);
    const size_t padded = (width + LANES - 1) / LANES * LANES;
    float *row = out + filter;
    size_t column = 0;
    for (size_t place = 0; place < placeCount; place += TILE_ROWS) {
      const size_t rows = smaller(TILE_ROWS, placeCount - place);
      const float *starts[TILE_ROWS];
      float *ends[TILE_ROWS];
      for (size_t i = 0; i < rows; i++) {
        starts[i] = view->origin + places[place + i];
        ends[i] = row + column * output->columnStep;
        if (++column == columns) {
          column = 0;
          row += output->rowStep;
        }
      }
      scattered_product(rows, width, starts, taps, depth, panels + filter * depth, padded, ends,
                        ending);
    }
  }
}

void convolve(const float *images, size_t rows, const struct windows *w,
              const struct filters *filters, const struct output *output) {
  float panels[PANEL_FLOATS] __attribute__((aligned(64)));
  float scratch[SCRATCH_FLOATS] __attribute__((aligned(64)));
  uint32_t taps[RUN_TAPS];
  uint32_t places[BLOCK_PLACES];

  const struct blocks blocks = blocks_of(w, BLOCK_PLACES);
  const size_t imageSize = w->height * w->width * w->channels;
  const size_t depth = taps_of(w);
  const size_t runs = (depth + RUN_TAPS - 1) / RUN_TAPS;
  const size_t run = (depth + runs - 1) / runs;
  const size_t group = PANEL_FLOATS / run / TILE_COLUMNS * TILE_COLUMNS;
  for (size_t filter = 0; filter < filters->count; filter += group) {
    const size_t count = smaller(group, filters->count - filter);
    for (size_t first = 0; first < depth; first += run) {
      const size_t length = smaller(run, depth - first);
      for (size_t f = 0; f < count; f += TILE_COLUMNS) {
        const size_t width = smaller(TILE_COLUMNS, count - f);
        pack_filters(w, filters, first, length, filter + f, width,
                     (width + LANES - 1) / LANES * LANES, panels + f * length);
      }
      size_t located = 0;
      for (size_t r = 0; r < rows; r++) {
        struct block block = {0};
        while (next_block(w, &blocks, &block)) {
          const struct view view =
              view_of(w, blocks.sight, images + r * imageSize, &block, first, length, scratch);
          /* A block of fewer rows has the beginning of a full one's places. */
          if (located != block.columns) {
            const struct block full = {0, 0, blocks.rows, block.columns};
            locate_places(w, &full, view.rowStride, places);
            locate_taps(w, blocks.sight, view.rowStride, first, length, taps);
            located = block.columns;
          }
          float *out = output->values + r * output->imageStep + block.firstRow * output->rowStep +
                       block.firstColumn * output->columnStep + filter;
          convolve_block(&view, places, block.columns, block.rows * block.columns, taps, length,
                         panels, count, output, out, first > 0 ? GO_ON : REPLACE);
        }
      }
    }
  }
}
