/*
 * Windows that slide over images [height, width, channels]. Tap k of a window is the k-th float of its rows one after
 * the other: kernel row, kernel column, channel.
 */
#ifndef LABPROOF_CONVOLUTION_WINDOWS_H
#define LABPROOF_CONVOLUTION_WINDOWS_H

#include "level.h"

struct windows {
  size_t height, width, channels;
  size_t kernelHeight, kernelWidth;
  size_t strideY, strideX;
  ptrdiff_t padTop, padLeft;
  size_t outHeight, outWidth;
};

/* Distances in the weights [kernelHeight, kernelWidth, channels, filters], in floats: of rows, and of pixels of a row. */
struct weight_steps {
  ptrdiff_t row, pixel;
};

static inline struct weight_steps weight_steps_of(const struct convolution_geometry *g) {
  const ptrdiff_t pixel = (ptrdiff_t)g->channels * (ptrdiff_t)g->filters;
  return (struct weight_steps){pixel * (ptrdiff_t)g->kernelWidth, pixel};
}

/* The windows of a convolution over its images. */
static inline struct windows windows_of(const struct convolution_geometry *g) {
  return (struct windows){
      .height = g->height,
      .width = g->width,
      .channels = g->channels,
      .kernelHeight = g->kernelHeight,
      .kernelWidth = g->kernelWidth,
      .strideY = g->strideY,
      .strideX = g->strideX,
      .padTop = (ptrdiff_t)g->padTop,
      .padLeft = (ptrdiff_t)g->padLeft,
      .outHeight = g->outHeight,
      .outWidth = g->outWidth,
  };
}

static inline size_t taps_of(const struct windows *w) {
  return w->kernelHeight * w->kernelWidth * w->channels;
}

/* Floats of the part of the image that rows × columns places see. */
static inline size_t seen_floats(const struct windows *w, size_t rows, size_t columns) {
  return ((rows - 1) * w->strideY + w->kernelHeight) *
         ((columns - 1) * w->strideX + w->kernelWidth) * w->channels;
}

#endif
