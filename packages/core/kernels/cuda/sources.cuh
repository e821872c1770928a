/*
 * Where the factors of a product come from. A source stands at one output (a row of the left factor or a column of the
 * right one), seeks a k and gives the value there, or four: along k if it is read by row, else at four outputs.
 * Beyond either end there are zeros. Fours are asked for only where addresses and extents are multiples of four.
 */
#include "cuda/gpu.cuh"

DEVICE float4 no_four() { return make_float4(0.0f, 0.0f, 0.0f, 0.0f); }

/* Lines of numbers: output i's k lie at values + i · stride + k. */
struct lines {
  const float *values;
  uint32_t count, depth;
  size_t stride;
  const float *line;
  uint32_t k;
  bool inside;

  DEVICE_MEMBER void stand_at(uint32_t place) {
    inside = place < count;
    line = values + (inside ? place : 0) * stride;
  }
  DEVICE_MEMBER void seek(uint32_t to) { k = to; }
  DEVICE_MEMBER void step(uint32_t by) { k += by; }
  DEVICE_MEMBER float one() const { return inside && k < depth ? line[k] : 0.0f; }
  DEVICE_MEMBER float4 four() const {
    return inside && k < depth ? *(const float4 *)(line + k) : no_four();
  }
};

/* The same turned: output i's k lie at values + k · stride + i. */
struct columns {
  const float *values;
  uint32_t count, depth;
  size_t stride;
  const float *column;
  uint32_t k;
  bool inside;

  DEVICE_MEMBER void stand_at(uint32_t place) {
    inside = place < count;
    column = values + (inside ? place : 0);
  }
  DEVICE_MEMBER void seek(uint32_t to) { k = to; }
  DEVICE_MEMBER void step(uint32_t by) { k += by; }
  DEVICE_MEMBER float one() const { return inside && k < depth ? column[k * stride] : 0.0f; }
  DEVICE_MEMBER float4 four() const {
    return inside && k < depth ? *(const float4 *)(column + k * stride) : no_four();
  }
};

/*
 * Windows of `kernelHeight` × `kernelWidth` pixels of `channels` over images that lie `spreadY`, `spreadX` apart with
 * zeros between (1: none), as the input gradient sees dy. The window of place (y, x) begins at y · strideY − padTop.
 */
struct windows {
  uint32_t rows, height, width, channels;
  uint32_t kernelHeight, kernelWidth, strideY, strideX, spreadY, spreadX;
  int32_t padTop, padLeft;
  uint32_t outHeight, outWidth;
};

/* Output i is a place of an image, k a tap (row, column, channel) of its window. */
struct window_taps {
  const float *images;
  windows w;
  const float *image;
  int32_t top, left;
  uint32_t row, column, channel;
  bool inside;

  DEVICE_MEMBER void stand_at(uint32_t place) {
    const uint32_t places = w.outHeight * w.outWidth;
    const uint32_t r = place / places;
    const uint32_t rest = place - r * places;
    const uint32_t y = rest / w.outWidth;
    inside = r < w.rows;
    image = images + (size_t)(inside ? r : 0) * w.height * w.width * w.channels;
    top = (int32_t)(y * w.strideY) - w.padTop;
    left = (int32_t)((rest - y * w.outWidth) * w.strideX) - w.padLeft;
  }
  DEVICE_MEMBER void seek(uint32_t k) {
    const uint32_t tap = k / w.channels;
    channel = k - tap * w.channels;
    row = tap / w.kernelWidth;
    column = tap - row * w.kernelWidth;
  }
  DEVICE_MEMBER void step(uint32_t by) {
    channel += by;
    while (channel >= w.channels) {
      channel -= w.channels;
      if (++column == w.kernelWidth) {
        column = 0;
        row++;
      }
    }
  }
  /* The tap's pixel, or NULL where it is a zero. */
  DEVICE_MEMBER const float *pixel() const {
    int32_t y = top + (int32_t)row;
    int32_t x = left + (int32_t)column;
    bool there = inside && row < w.kernelHeight && y >= 0 && x >= 0;
    if (w.spreadY != 1 || w.spreadX != 1) {
      there = there && (uint32_t)y % w.spreadY == 0 && (uint32_t)x % w.spreadX == 0;
      y = (int32_t)((uint32_t)y / w.spreadY);
      x = (int32_t)((uint32_t)x / w.spreadX);
    }
    there = there && y < (int32_t)w.height && x < (int32_t)w.width;
    return there ? image + ((uint32_t)y * w.width + (uint32_t)x) * w.channels + channel : NULL;
  }
  DEVICE_MEMBER float one() const {
    const float *value = pixel();
    return value == NULL ? 0.0f : *value;
  }
  DEVICE_MEMBER float4 four() const {
    const float *value = pixel();
    return value == NULL ? no_four() : *(const float4 *)value;
  }
};

/* Output i is a tap of the window, k a place of one image: window_taps turned, for stride and image of one example. */
struct window_places {
  const float *image;
  windows w;
  uint32_t row, column, channel, place;
  bool inside;

  DEVICE_MEMBER void stand_at(uint32_t k) {
    const uint32_t tap = k / w.channels;
    channel = k - tap * w.channels;
    row = tap / w.kernelWidth;
    column = tap - row * w.kernelWidth;
    inside = row < w.kernelHeight;
  }
  DEVICE_MEMBER void seek(uint32_t k) { place = k; }
  DEVICE_MEMBER void step(uint32_t by) { place += by; }
  DEVICE_MEMBER const float *pixel() const {
    const uint32_t oy = place / w.outWidth;
    const uint32_t ox = place - oy * w.outWidth;
    const int32_t y = (int32_t)(oy * w.strideY + row) - w.padTop;
    const int32_t x = (int32_t)(ox * w.strideX + column) - w.padLeft;
    const bool there = inside && oy < w.outHeight && y >= 0 && x >= 0 && y < (int32_t)w.height &&
                       x < (int32_t)w.width;
    return there ? image + ((uint32_t)y * w.width + (uint32_t)x) * w.channels + channel : NULL;
  }
  DEVICE_MEMBER float one() const {
    const float *value = pixel();
    return value == NULL ? 0.0f : *value;
  }
  DEVICE_MEMBER float4 four() const {
    const float *value = pixel();
    return value == NULL ? no_four() : *(const float4 *)value;
  }
};

/* The weights [taps, channels, filters] turned by 180 degrees: output i is a channel, k a tap and a filter of it. */
struct turned_weights {
  const float *weights;
  uint32_t taps, channels, filters;
  uint32_t output, tap, filter;

  DEVICE_MEMBER void stand_at(uint32_t place) { output = place; }
  DEVICE_MEMBER void seek(uint32_t k) {
    tap = k / filters;
    filter = k - tap * filters;
  }
  DEVICE_MEMBER void step(uint32_t by) {
    filter += by;
    while (filter >= filters) {
      filter -= filters;
      tap++;
    }
  }
  DEVICE_MEMBER const float *weight() const {
    const bool there = output < channels && tap < taps;
    return there ? weights + ((size_t)(taps - 1 - tap) * channels + output) * filters + filter : NULL;
  }
  DEVICE_MEMBER float one() const {
    const float *value = weight();
    return value == NULL ? 0.0f : *value;
  }
  DEVICE_MEMBER float4 four() const {
    const float *value = weight();
    return value == NULL ? no_four() : *(const float4 *)value;
  }
};
