/* SGD and RMSprop as PyTorch has them, each in one pass over the weights. */
#include "level.h"

void KERNEL(torchSgd)(float *restrict w, const float *restrict g, float *restrict buffer,
                      uint32_t length, float learningRate, float momentum, float take,
                      uint32_t nesterov) {
  if (momentum == 0.0f) {
    EACH(i, length) w[i] -= learningRate * g[i];
    return;
  }
  EACH(i, length) {
    const float moved = momentum * buffer[i] + take * g[i];
    buffer[i] = moved;
    w[i] -= learningRate * (nesterov ? g[i] + momentum * moved : moved);
  }
}

ALWAYS_INLINE void torch_rmsprop(const int centered, const int moving, float *restrict w,
                                 const float *restrict g, float *restrict a, float *restrict mean,
                                 float *restrict buffer, size_t length, float learningRate,
                                 float alpha, float take, float momentum, float epsilon) {
  EACH(i, length) {
    const float square = alpha * a[i] + take * (g[i] * g[i]);
    a[i] = square;
    float spread = square;
    if (centered) {
      const float middle = mean[i] + take * (g[i] - mean[i]);
      mean[i] = middle;
      spread = square - middle * middle;
    }
    float step = g[i] / (__builtin_sqrtf(spread) + epsilon);
    if (moving) {
      step = momentum * buffer[i] + step;
      buffer[i] = step;
    }
    w[i] -= learningRate * step;
  }
}

void KERNEL(torchRmsprop)(float *w, const float *g, float *a, float *mean, float *buffer,
                          uint32_t length, float learningRate, float alpha, float take,
                          float momentum, float epsilon, uint32_t centered) {
#define TORCH_RMSPROP(centered, moving)                                                            \
  torch_rmsprop(centered, moving, w, g, a, mean, buffer, length, learningRate, alpha, take,        \
                momentum, epsilon)
  if (centered) {
    if (momentum > 0.0f) {
      TORCH_RMSPROP(1, 1);
    } else {
      TORCH_RMSPROP(1, 0);
    }
  } else if (momentum > 0.0f) {
    TORCH_RMSPROP(0, 1);
  } else {
    TORCH_RMSPROP(0, 0);
  }
#undef TORCH_RMSPROP
}
