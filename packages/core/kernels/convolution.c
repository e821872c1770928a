/*
 * Convolution of images [rows, height, width, channels] and its input gradient: each output is the sum over the taps of
 * its window in ascending order. Six places at a time go against panels of weights with one column a filter.
 */
#include "level.h"

#define PANEL_FLOATS (RUN_TAPS * TILE_COLUMNS)

/* The weights as the right factor: tap (j, i, c) is row c of a matrix at values + j · stepY + i · stepX. */
struct filters {
  struct matrix matrix;
  ptrdiff_t stepY, stepX;
  size_t count;
};

/* Output places: distances of images, of rows and of columns, in floats. */
struct output {
  float *values;
  size_t imageStep, rowStep, columnStep;
};

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

/* Each output place = Σ over its window's taps of image · filter. There is at least one tap and one place. */
static void convolve(const float *images, size_t rows, const struct windows *w,
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

void KERNEL(conv2d)(const float *x, const float *w, float *y, uint32_t rows, uint32_t height,
                    uint32_t width, uint32_t channels, uint32_t filters, uint32_t kernelHeight,
                    uint32_t kernelWidth, uint32_t strideY, uint32_t strideX, uint32_t padTop,
                    uint32_t padLeft, uint32_t outHeight, uint32_t outWidth) {
  const struct windows windows = {
      height,   width,   channels,          kernelHeight,       kernelWidth,
      strideY,  strideX, (ptrdiff_t)padTop, (ptrdiff_t)padLeft, outHeight,
      outWidth,
  };
  const ptrdiff_t pixel = (ptrdiff_t)channels * (ptrdiff_t)filters;
  const ptrdiff_t row = pixel * (ptrdiff_t)kernelWidth;
  /* With stride 1 a pixel reaches places side by side, the farther back the later the tap. */
  const ptrdiff_t before = (ptrdiff_t)kernelHeight - 1 - (ptrdiff_t)padTop;
  const ptrdiff_t aside = (ptrdiff_t)kernelWidth - 1 - (ptrdiff_t)padLeft;
  const struct spread s = {height,       width,       channels, outHeight, outWidth, filters,
                           kernelHeight, kernelWidth, 1,        1,         before,   aside};
  if (strideY == 1 && strideX == 1 && spread_pays(&s, x, rows, w)) {
    const ptrdiff_t lastTap =
        row * ((ptrdiff_t)kernelHeight - 1) + pixel * ((ptrdiff_t)kernelWidth - 1);
    const struct spread_weights weights = {w + lastTap, -row, -pixel, 1, (ptrdiff_t)filters};
    spread_packed(x, rows, &s, &weights, y);
    return;
  }
  const struct filters weights = {{w, filters, BY_ROW}, row, pixel, filters};
  const size_t rowStep = (size_t)outWidth * filters;
  const struct output output = {y, outHeight * rowStep, rowStep, filters};
  convolve(x, rows, &windows, &weights, &output);
}

/* Of the image positions phase, phase + stride, … of one axis: which kernel taps see them, and from where. */
struct phase {
  size_t taps, lastTap, places;
  ptrdiff_t pad;
};

static struct phase phase_of(size_t phase, size_t stride, size_t pad, size_t kernel,
                             size_t extent) {
  const size_t firstTap = (phase + pad) % stride;
  const size_t taps = firstTap < kernel ? (kernel - firstTap + stride - 1) / stride : 0;
  return (struct phase){
      .taps = taps,
      .lastTap = firstTap + (taps - 1) * stride,
      .places = phase < extent ? (extent - phase + stride - 1) / stride : 0,
      .pad = (ptrdiff_t)taps - 1 - (ptrdiff_t)((phase + pad) / stride),
  };
}

/*
 * With stride 1 the convolution of dy, zeros around it, with the turned weights. With a larger stride only every
 * stride-th tap meets an output; which ones depends on the image position modulo the stride, its phase, and each phase
 * is a convolution with stride 1 and fewer taps.
 */
void KERNEL(conv2dInputGradient)(const float *dy, const float *w, float *dx, uint32_t rows,
                                 uint32_t height, uint32_t width, uint32_t channels,
                                 uint32_t filters, uint32_t kernelHeight, uint32_t kernelWidth,
                                 uint32_t strideY, uint32_t strideX, uint32_t padTop,
                                 uint32_t padLeft, uint32_t outHeight, uint32_t outWidth) {
  const struct spread s = {outHeight, outWidth, filters,           height,
                           width,     channels, kernelHeight,      kernelWidth,
                           strideY,   strideX,  (ptrdiff_t)padTop, (ptrdiff_t)padLeft};
  const ptrdiff_t pixel = (ptrdiff_t)channels * (ptrdiff_t)filters;
  const ptrdiff_t row = pixel * (ptrdiff_t)kernelWidth;
  if (spread_pays(&s, dy, rows, w)) {
    const struct spread_weights weights = {w, row, pixel, (ptrdiff_t)filters, 1};
    spread_packed(dy, rows, &s, &weights, dx);
    return;
  }
  const size_t rowStep = (size_t)width * channels;
  if (kernelHeight < strideY || kernelWidth < strideX) fill_zeros(dx, rows * height * rowStep);
  for (size_t phaseY = 0; phaseY < strideY; phaseY++) {
    const struct phase y = phase_of(phaseY, strideY, padTop, kernelHeight, height);
    for (size_t phaseX = 0; phaseX < strideX; phaseX++) {
      const struct phase x = phase_of(phaseX, strideX, padLeft, kernelWidth, width);
      if (y.taps * y.places * x.taps * x.places == 0) continue;
      const struct windows windows = {
          outHeight, outWidth, filters, y.taps, x.taps, 1, 1, y.pad, x.pad, y.places, x.places,
      };
      const float *turned = w + (ptrdiff_t)y.lastTap * row + (ptrdiff_t)x.lastTap * pixel;
      const struct filters weights = {{turned, filters, BY_COLUMN},
                                      -row * (ptrdiff_t)strideY,
                                      -pixel * (ptrdiff_t)strideX,
                                      channels};
      const struct output output = {dx + phaseY * rowStep + phaseX * channels, height * rowStep,
                                    strideY * rowStep, strideX * channels};
      convolve(dy, rows, &windows, &weights, &output);
    }
  }
}
