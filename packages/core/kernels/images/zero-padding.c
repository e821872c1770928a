/* Images inside larger ones of zeros, and the way back. */
#include "arrays/floats.h"
#include "level.h"

void KERNEL(zeroPad)(const float *x, float *y, uint32_t rows, const struct padding_geometry *g) {
  const size_t outRow = (size_t)g->outWidth * g->channels;
  const size_t row = (size_t)g->width * g->channels;
  const size_t before = (size_t)g->left * g->channels;
  for (size_t r = 0; r < rows; r++) {
    fill_zeros(y, g->top * outRow);
    y += g->top * outRow;
    for (size_t iy = 0; iy < g->height; iy++) {
      fill_zeros(y, before);
      copy_floats(x, y + before, row);
      fill_zeros(y + before + row, outRow - before - row);
      x += row;
      y += outRow;
    }
    fill_zeros(y, (g->outHeight - g->top - g->height) * outRow);
    y += (g->outHeight - g->top - g->height) * outRow;
  }
}

void KERNEL(zeroPadGradient)(const float *dy, float *dx, uint32_t rows,
                             const struct padding_geometry *g) {
  const size_t outRow = (size_t)g->outWidth * g->channels;
  const size_t row = (size_t)g->width * g->channels;
  for (size_t r = 0; r < rows; r++) {
    for (size_t iy = 0; iy < g->height; iy++) {
      const float *from =
          dy + (r * g->outHeight + iy + g->top) * outRow + (size_t)g->left * g->channels;
      copy_floats(from, dx + (r * g->height + iy) * row, row);
    }
  }
}
