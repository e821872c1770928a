/* What goes row by row or element by element and is not one of the shared loops. */
#include "cuda/gpu.cuh"

GLOBAL(addBias)
(struct arena arena, const float *x, const float *bias, float *y, uint32_t rows, uint32_t columns) {
  const float *from = own(arena, x);
  const float *added = own(arena, bias);
  float *to = own(arena, y);
  EACH_OF_ARRAY(i, (size_t)rows * columns) to[i] = __fadd_rn(from[i], added[i % columns]);
}

GLOBAL(softmax)(struct arena arena, const float *x, float *y, uint32_t rows, uint32_t columns) {
  const float *from = own(arena, x);
  float *to = own(arena, y);
  EACH(r, columns == 0 ? 0 : rows) {
    const float *row = from + r * columns;
    float *out = to + r * columns;
    const float maximum = row_maximum(row, columns);
    float sum = 0.0f;
    for (uint32_t c = 0; c < columns; c++) {
      const float value = exp_one(row[c] - maximum);
      out[c] = value;
      sum = __fadd_rn(sum, value);
    }
    for (uint32_t c = 0; c < columns; c++) out[c] /= sum;
  }
}

GLOBAL(sin)(struct arena arena, const float *x, float *y, uint32_t length) {
  const float *from = own(arena, x);
  float *to = own(arena, y);
  EACH(i, length) {
    const float value = from[i];
    const bool reducible = value <= REDUCTION_LIMIT && value >= -REDUCTION_LIMIT;
    to[i] = reducible ? sin_common(value) : sin_huge(value);
  }
}

/* counter[0] += the number of values that are NaN or infinite; integers may be added in any order. */
GLOBAL(countNonFinite)(struct arena arena, const float *x, uint32_t *counter, uint32_t length) {
  const float *from = own(arena, x);
  uint32_t count = 0;
  EACH(i, length) {
    const union float_bits u = {from[i]};
    count += (u.bits & 0x7f800000) == 0x7f800000;
  }
  if (count > 0) atomicAdd(own(arena, counter), count);
}

GLOBAL(gather)
(struct arena arena, const uint8_t *bytes, const int32_t *indices, const float *table, float *out,
 uint32_t rows, uint32_t size) {
  const uint8_t *from = own(arena, bytes);
  const int32_t *chosen = own(arena, indices);
  const float *values = own(arena, table);
  float *to = own(arena, out);
  EACH_OF_ARRAY(i, (size_t)rows * size) {
    const uint32_t r = i / size;
    to[i] = values[from[(size_t)(uint32_t)chosen[r] * size + (i - r * size)]];
  }
}

GLOBAL(transformImages)
(struct arena arena, const float *given, const float *maps, float *moved, uint32_t rows, uint32_t height,
 uint32_t width, uint32_t channels) {
  const float *images = own(arena, given);
  const float *affine = own(arena, maps);
  float *to = own(arena, moved);
  EACH_PIXEL(p, rows, height, width, channels) {
    const float *map = affine + 6 * (size_t)p.row;
    const float y = (float)p.y;
    const float x = (float)p.x;
    const float row = map[0] * y + map[1] * x + map[2];
    const float column = map[3] * y + map[4] * x + map[5];
    const struct between v = between(row, height);
    const struct between u = between(column, width);
    const float *image = images + (size_t)p.row * height * width * channels + p.channel;
    const float topLeft = image[(v.first * width + u.first) * channels];
    const float topRight = image[(v.first * width + u.second) * channels];
    const float bottomLeft = image[(v.second * width + u.first) * channels];
    const float bottomRight = image[(v.second * width + u.second) * channels];
    const float top = topLeft + u.share * (topRight - topLeft);
    const float bottom = bottomLeft + u.share * (bottomRight - bottomLeft);
    to[p.index] = top + v.share * (bottom - top);
  }
}
