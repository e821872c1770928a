#include "convolution/views.h"

#include "arrays/floats.h"

void copy_row(const struct windows *w, const float *image, ptrdiff_t row, ptrdiff_t first,
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

struct view view_of(const struct windows *w, enum sight sight, const float *image,
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

void locate_taps(const struct windows *w, enum sight sight, size_t rowStride, size_t first,
                 size_t count, uint32_t *offsets) {
  const size_t rowTaps = w->kernelWidth * w->channels;
  for (size_t k = first; k < first + count; k++) {
    const size_t row = k / rowTaps;
    *offsets++ = (uint32_t)(sight == TAP_BY_TAP ? k - first : row * rowStride + k - row * rowTaps);
  }
}

void locate_places(const struct windows *w, const struct block *block, size_t rowStride,
                   uint32_t *offsets) {
  for (size_t row = 0; row < block->rows; row++) {
    for (size_t column = 0; column < block->columns; column++) {
      const size_t pixel = column * w->strideX * w->channels;
      *offsets++ = (uint32_t)(row * w->strideY * rowStride + pixel);
    }
  }
}
