/* Pooling and padding: one thread an output. The gradients ask which windows cover a pixel, in ascending order. */
#include "cuda/gpu.cuh"

#define POOLING                                                                                    \
  uint32_t rows, uint32_t height, uint32_t width, uint32_t channels, uint32_t poolHeight,          \
      uint32_t poolWidth, uint32_t strideY, uint32_t strideX, uint32_t padTop, uint32_t padLeft,   \
      uint32_t outHeight, uint32_t outWidth

/* An element of images [rows, height, width, channels] and its place among all of them. */
struct pixel {
  uint32_t row, y, x, channel;
  size_t index;
};

/* Element `i` of line number `line`; the lines of all images are numbered through. */
DEVICE struct pixel pixel_at(uint32_t line, uint32_t i, uint32_t height, uint32_t width,
                             uint32_t channels) {
  struct pixel p;
  p.row = line / height;
  p.y = line - p.row * height;
  p.x = i / channels;
  p.channel = i - p.x * channels;
  p.index = (size_t)line * width * channels + i;
  return p;
}

/* Every element once: the lines go along the grid's y, which divides less than one long row of threads would. */
#define EACH_PIXEL(p, rows, height, width, channels)                                               \
  for (uint32_t line = blockIdx.y; line < (rows) * (height); line += gridDim.y)                    \
    for (uint32_t i = blockIdx.x * blockDim.x + threadIdx.x; i < (width) * (channels);             \
         i += gridDim.x * blockDim.x)                                                              \
      for (struct pixel p = pixel_at(line, i, height, width, channels), *once = &p; once != NULL;  \
           once = NULL)

/* The taps of a window along one axis that lie inside: first … end − 1; tap 0 is at `start`. */
struct reach {
  int32_t start;
  uint32_t first, end;
};

DEVICE struct reach reach_of(uint32_t place, uint32_t stride, uint32_t pad, uint32_t size,
                             uint32_t extent) {
  struct reach reach;
  reach.start = (int32_t)(place * stride) - (int32_t)pad;
  reach.first = reach.start < 0 ? (uint32_t)-reach.start : 0;
  const uint32_t room = (uint32_t)((int32_t)extent - reach.start);
  reach.end = size < room ? size : room;
  return reach;
}

/* The places first … end − 1 along one axis whose windows cover a coordinate. */
struct covering {
  uint32_t first, end;
};

DEVICE struct covering covering_of(uint32_t coordinate, uint32_t stride, uint32_t pad,
                                   uint32_t size, uint32_t places) {
  struct covering covering;
  const uint32_t from = coordinate + pad;
  covering.first = from < size ? 0 : (from - size) / stride + 1;
  const uint32_t last = from / stride + 1;
  covering.end = last < places ? last : places;
  return covering;
}

GLOBAL(maxPool)(struct arena arena, const float *x, float *y, int32_t *taps, POOLING) {
  const float *images = own(arena, x);
  float *out = own(arena, y);
  int32_t *chosen = own(arena, taps);
  EACH_PIXEL(p, rows, outHeight, outWidth, channels) {
    const struct reach v = reach_of(p.y, strideY, padTop, poolHeight, height);
    const struct reach u = reach_of(p.x, strideX, padLeft, poolWidth, width);
    const float *image = images + (size_t)p.row * height * width * channels + p.channel;
    float best = 0.0f;
    int32_t tap = -1;
    for (uint32_t ky = v.first; ky < v.end; ky++) {
      for (uint32_t kx = u.first; kx < u.end; kx++) {
        const size_t at = ((size_t)(v.start + (int32_t)ky) * width + (u.start + (int32_t)kx));
        const float value = image[at * channels];
        if (tap < 0 || value > best) {
          best = value;
          tap = (int32_t)(ky * poolWidth + kx);
        }
      }
    }
    out[p.index] = best;
    chosen[p.index] = tap;
  }
}

GLOBAL(maxPoolGradient)
(struct arena arena, const float *dy, const int32_t *taps, float *dx, POOLING, const float *beside,
 uint32_t ending) {
  const float *gradients = own(arena, dy);
  const int32_t *chosen = own(arena, taps);
  const float *gate = own(arena, beside);
  float *out = own(arena, dx);
  EACH_PIXEL(p, rows, height, width, channels) {
    const struct covering v = covering_of(p.y, strideY, padTop, poolHeight, outHeight);
    const struct covering u = covering_of(p.x, strideX, padLeft, poolWidth, outWidth);
    float sum = 0.0f;
    for (uint32_t oy = v.first; oy < v.end; oy++) {
      for (uint32_t ox = u.first; ox < u.end; ox++) {
        const uint32_t ky = p.y + padTop - oy * strideY;
        const uint32_t kx = p.x + padLeft - ox * strideX;
        const size_t at =
            (((size_t)p.row * outHeight + oy) * outWidth + ox) * channels + p.channel;
        if (chosen[at] == (int32_t)(ky * poolWidth + kx)) sum = __fadd_rn(sum, gradients[at]);
      }
    }
    const bool passes = ending == 0 || gate[p.index] > 0.0f;
    out[p.index] = passes ? sum : 0.0f;
  }
}

GLOBAL(averagePool)(struct arena arena, const float *x, float *y, POOLING) {
  const float *images = own(arena, x);
  float *out = own(arena, y);
  EACH_PIXEL(p, rows, outHeight, outWidth, channels) {
    const struct reach v = reach_of(p.y, strideY, padTop, poolHeight, height);
    const struct reach u = reach_of(p.x, strideX, padLeft, poolWidth, width);
    const float *image = images + (size_t)p.row * height * width * channels + p.channel;
    float sum = 0.0f;
    for (uint32_t ky = v.first; ky < v.end; ky++) {
      for (uint32_t kx = u.first; kx < u.end; kx++) {
        const size_t at = ((size_t)(v.start + (int32_t)ky) * width + (u.start + (int32_t)kx));
        sum = __fadd_rn(sum, image[at * channels]);
      }
    }
    out[p.index] = sum / (float)((v.end - v.first) * (u.end - u.first));
  }
}

GLOBAL(averagePoolGradient)(struct arena arena, const float *dy, float *dx, POOLING) {
  const float *gradients = own(arena, dy);
  float *out = own(arena, dx);
  EACH_PIXEL(p, rows, height, width, channels) {
    const struct covering v = covering_of(p.y, strideY, padTop, poolHeight, outHeight);
    const struct covering u = covering_of(p.x, strideX, padLeft, poolWidth, outWidth);
    float sum = 0.0f;
    for (uint32_t oy = v.first; oy < v.end; oy++) {
      const struct reach vertical = reach_of(oy, strideY, padTop, poolHeight, height);
      for (uint32_t ox = u.first; ox < u.end; ox++) {
        const struct reach across = reach_of(ox, strideX, padLeft, poolWidth, width);
        const float taps =
            (float)((vertical.end - vertical.first) * (across.end - across.first));
        const size_t at =
            (((size_t)p.row * outHeight + oy) * outWidth + ox) * channels + p.channel;
        sum = __fadd_rn(sum, gradients[at] / taps);
      }
    }
    out[p.index] = sum;
  }
}

#define PADDING                                                                                    \
  uint32_t rows, uint32_t height, uint32_t width, uint32_t channels, uint32_t top, uint32_t left,  \
      uint32_t outHeight, uint32_t outWidth

GLOBAL(zeroPad)(struct arena arena, const float *x, float *y, PADDING) {
  const float *images = own(arena, x);
  float *out = own(arena, y);
  EACH_PIXEL(p, rows, outHeight, outWidth, channels) {
    const uint32_t iy = p.y - top;
    const uint32_t ix = p.x - left;
    const bool inside = p.y >= top && p.x >= left && iy < height && ix < width;
    out[p.index] = inside
                 ? images[(((size_t)p.row * height + iy) * width + ix) * channels + p.channel]
                 : 0.0f;
  }
}

GLOBAL(zeroPadGradient)(struct arena arena, const float *dy, float *dx, PADDING) {
  const float *gradients = own(arena, dy);
  float *out = own(arena, dx);
  EACH_PIXEL(p, rows, height, width, channels) {
    const size_t line = (size_t)p.row * outHeight + p.y + top;
    out[p.index] = gradients[(line * outWidth + p.x + left) * channels + p.channel];
  }
}
