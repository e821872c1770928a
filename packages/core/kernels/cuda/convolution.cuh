/*
 * The convolution and its input gradient as products whose left factor is gathered from images: rows are places, k runs
 * over the taps of a window in ascending order. The input gradient is the convolution of dy, spread by the strides,
 * with the turned weights; what lies outside an image counts as zeros.
 */
#include "cuda/products.cuh"

#define GEOMETRY                                                                                   \
  uint32_t rows, uint32_t height, uint32_t width, uint32_t channels, uint32_t filters,             \
      uint32_t kernelHeight, uint32_t kernelWidth, uint32_t strideY, uint32_t strideX,             \
      uint32_t padTop, uint32_t padLeft, uint32_t outHeight, uint32_t outWidth

#define CONVOLUTION(shape, name, VECTOR)                                                           \
  TILED(conv2d_##name)                                                                             \
  (struct arena arena, const float *x, const float *w, float *y, GEOMETRY, const float *beside,    \
   uint32_t ending) {                                                                              \
    const struct windows windows = {rows,         height,      width,           channels,          \
                                    kernelHeight, kernelWidth, strideY,         strideX,           \
                                    1,            1,           (int32_t)padTop, (int32_t)padLeft,  \
                                    outHeight,    outWidth};                                       \
    const uint32_t depth = kernelHeight * kernelWidth * channels;                                  \
    const struct window_taps left = {own(arena, x), windows};                                      \
    const struct columns right = {own(arena, w), filters, depth, filters};                         \
    product<shape, true, false, VECTOR>(left, right, own(arena, y), rows * outHeight * outWidth,   \
                                        depth, filters, own(arena, beside), ending);               \
  }                                                                                                \
  TILED(conv2dInputGradient_##name)                                                                \
  (struct arena arena, const float *dy, const float *w, float *dx, GEOMETRY, const float *beside,  \
   uint32_t ending) {                                                                              \
    const struct windows windows = {rows,                                                          \
                                    outHeight,                                                     \
                                    outWidth,                                                      \
                                    filters,                                                       \
                                    kernelHeight,                                                  \
                                    kernelWidth,                                                   \
                                    1,                                                             \
                                    1,                                                             \
                                    strideY,                                                       \
                                    strideX,                                                       \
                                    (int32_t)kernelHeight - 1 - (int32_t)padTop,                   \
                                    (int32_t)kernelWidth - 1 - (int32_t)padLeft,                   \
                                    height,                                                        \
                                    width};                                                        \
    const uint32_t taps = kernelHeight * kernelWidth;                                              \
    const struct window_taps left = {own(arena, dy), windows};                                     \
    const struct turned_weights right = {own(arena, w), taps, channels, filters};                  \
    product<shape, true, true, VECTOR>(left, right, own(arena, dx), rows * height * width,         \
                                       taps * filters, channels, own(arena, beside), ending);      \
  }

CONVOLUTION(large, large, false)
CONVOLUTION(large, large_by_fours, true)
CONVOLUTION(tall, tall, false)
CONVOLUTION(tall, tall_by_fours, true)
CONVOLUTION(narrow, narrow, false)
CONVOLUTION(narrow, narrow_by_fours, true)
CONVOLUTION(small, small, false)
CONVOLUTION(small, small_by_fours, true)

/*
 * partial[example][taps, filters]: the sum over the places of one example, a block's example being its number along y
 * from `firstRow` on. filterSums adds them up in the order of the examples.
 */
#define FILTER_GRADIENT(shape, name, VECTOR)                                                       \
  TILED(conv2dFilterGradient_##name)                                                               \
  (struct arena arena, const float *x, const float *dy, float *partial, uint32_t firstRow,         \
   GEOMETRY) {                                                                                     \
    const uint32_t taps = kernelHeight * kernelWidth * channels;                                   \
    const uint32_t places = outHeight * outWidth;                                                  \
    const size_t row = firstRow + blockIdx.y;                                                      \
    const struct windows windows = {rows,         height,      width,           channels,          \
                                    kernelHeight, kernelWidth, strideY,         strideX,           \
                                    1,            1,           (int32_t)padTop, (int32_t)padLeft,  \
                                    outHeight,    outWidth};                                       \
    const struct window_places left = {own(arena, x) + row * height * width * channels, windows};  \
    const struct columns right = {own(arena, dy) + row * places * filters, filters, places,        \
                                  filters};                                                        \
    float *out = own(arena, partial) + (size_t)blockIdx.y * taps * filters;                        \
    product<shape, false, false, VECTOR>(left, right, out, taps, places, filters, NULL, 0);        \
  }

FILTER_GRADIENT(large, large, false)
FILTER_GRADIENT(large, large_by_fours, true)
FILTER_GRADIENT(medium, medium, false)
FILTER_GRADIENT(medium, medium_by_fours, true)
FILTER_GRADIENT(narrow, narrow, false)
FILTER_GRADIENT(narrow, narrow_by_fours, true)
FILTER_GRADIENT(slim, slim, false)
FILTER_GRADIENT(slim, slim_by_fours, true)
FILTER_GRADIENT(small, small, false)
FILTER_GRADIENT(small, small_by_fours, true)
