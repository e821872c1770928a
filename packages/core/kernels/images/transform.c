/* Images moved by affine maps, with bilinear interpolation. */
#include "level.h"

/* A coordinate between two pixels of an axis, and how far it is from the first. */
struct between {
  size_t first, second;
  float share;
};

static struct between between(float coordinate, uint32_t extent) {
  const float last = (float)(extent - 1);
  const float capped = coordinate < last ? coordinate : last;
  const float place = coordinate > 0.0f ? capped : 0.0f;
  const uint32_t first = (uint32_t)place;
  const struct between result = {first, first + 1 < extent ? first + 1 : first,
                                 place - (float)first};
  return result;
}

void KERNEL(transformImages)(const float *x, const float *maps, float *restrict y, uint32_t rows,
                             uint32_t height, uint32_t width, uint32_t channels) {
  for (size_t r = 0; r < rows; r++) {
    const float *image = x + r * height * width * channels;
    const float *map = maps + 6 * r;
    for (uint32_t i = 0; i < height; i++) {
      for (uint32_t j = 0; j < width; j++) {
        const float row = map[0] * (float)i + map[1] * (float)j + map[2];
        const float column = map[3] * (float)i + map[4] * (float)j + map[5];
        const struct between v = between(row, height);
        const struct between u = between(column, width);
        const float *topLeft = image + (v.first * width + u.first) * channels;
        const float *topRight = image + (v.first * width + u.second) * channels;
        const float *bottomLeft = image + (v.second * width + u.first) * channels;
        const float *bottomRight = image + (v.second * width + u.second) * channels;
        for (size_t k = 0; k < channels; k++) {
          const float top = topLeft[k] + u.share * (topRight[k] - topLeft[k]);
          const float bottom = bottomLeft[k] + u.share * (bottomRight[k] - bottomLeft[k]);
          *y++ = top + v.share * (bottom - top);
        }
      }
    }
  }
}
