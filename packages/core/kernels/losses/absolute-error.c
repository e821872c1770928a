/* Absolute distance from one-hot labels, and its gradient. */
#include "level.h"

void KERNEL(absoluteError)(const float *y, const int32_t *labels, float *loss, uint32_t rows,
                           uint32_t columns) {
  EACH(r, rows) {
    float sum = 0.0f;
    for (uint32_t c = 0; c < columns; c++) {
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      sum += __builtin_fabsf(y[r * columns + c] - target);
    }
    loss[r] = sum / (float)columns;
  }
}

void KERNEL(absoluteErrorGradient)(const float *y, const int32_t *labels, float *dy, uint32_t rows,
                                   uint32_t columns, float scale) {
  EACH(r, rows) {
    ELEMENTWISE for (uint32_t c = 0; c < columns; c++) {
      const float value = y[r * columns + c];
      const float target = c == (uint32_t)labels[r] ? 1.0f : 0.0f;
      const float below = value < target ? -scale : 0.0f;
      dy[r * columns + c] = value > target ? scale : below;
    }
  }
}
