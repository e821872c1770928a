/* The windows of a pooling of images [rows, height, width, channels]. */
#ifndef LABPROOF_POOLING_WINDOWS_H
#define LABPROOF_POOLING_WINDOWS_H

#include "arrays/floats.h"
#include "level.h"

/* A geometry in the type that indices have. */
struct pooling {
  size_t height, width, channels;
  size_t poolHeight, poolWidth;
  size_t strideY, strideX;
  size_t padTop, padLeft;
  size_t outHeight, outWidth;
};

static inline struct pooling pooling_of(const struct pooling_geometry *g) {
  return (struct pooling){
      .height = g->height,
      .width = g->width,
      .channels = g->channels,
      .poolHeight = g->poolHeight,
      .poolWidth = g->poolWidth,
      .strideY = g->strideY,
      .strideX = g->strideX,
      .padTop = g->padTop,
      .padLeft = g->padLeft,
      .outHeight = g->outHeight,
      .outWidth = g->outWidth,
  };
}

/* Taps first … end − 1 of a window in one direction lie inside; tap 0 is at `start`, perhaps before the image. */
struct span {
  ptrdiff_t start;
  size_t first, end;
};

static inline struct span span_of(size_t place, size_t stride, size_t pad, size_t size,
                                  size_t extent) {
  const ptrdiff_t start = (ptrdiff_t)(place * stride) - (ptrdiff_t)pad;
  const size_t room = (size_t)((ptrdiff_t)extent - start);
  return (struct span){start, start < 0 ? (size_t)-start : 0, smaller(size, room)};
}

/* The window of one output position. */
struct window {
  struct span y, x;
};

static inline struct window window_of(const struct pooling *p, size_t oy, size_t ox) {
  return (struct window){
      span_of(oy, p->strideY, p->padTop, p->poolHeight, p->height),
      span_of(ox, p->strideX, p->padLeft, p->poolWidth, p->width),
  };
}

static inline size_t taps_inside(const struct window *window) {
  return (window->y.end - window->y.first) * (window->x.end - window->x.first);
}

/* Channel 0 of a tap's pixel, in floats from the image's first. */
static inline size_t pixel_of(const struct pooling *p, const struct window *window, size_t ky,
                              size_t kx) {
  const size_t y = (size_t)(window->y.start + (ptrdiff_t)ky);
  const size_t x = (size_t)(window->x.start + (ptrdiff_t)kx);
  return (y * p->width + x) * p->channels;
}

#define EACH_TAP(window)                                                                           \
  for (size_t ky = (window).y.first; ky < (window).y.end; ky++)                                    \
    for (size_t kx = (window).x.first; kx < (window).x.end; kx++)

#endif
