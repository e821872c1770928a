/* RMSprop as Keras 2 and as Keras 3 have it, each in one pass over the weights. */
#include "level.h"

void KERNEL(rmsprop)(float *restrict w, const float *restrict g, float *restrict a, uint32_t length,
                     float learningRate, float rho, float epsilon) {
  const float take = 1.0f - rho;
  EACH(i, length) {
    const float mean = rho * a[i] + take * (g[i] * g[i]);
    a[i] = mean;
    w[i] -= learningRate * g[i] / (__builtin_sqrtf(mean) + epsilon);
  }
}

ALWAYS_INLINE void rmsprop_inside(const int centered, const int moving, float *restrict w,
                                  const float *restrict g, float *restrict a, float *restrict mean,
                                  float *restrict velocity, size_t length, float learningRate,
                                  float rho, float momentum, float epsilon) {
  const float take = 1.0f - rho;
  EACH(i, length) {
    const float square = rho * a[i] + take * (g[i] * g[i]);
    a[i] = square;
    float spread = square;
    if (centered) {
      const float middle = rho * mean[i] + take * g[i];
      mean[i] = middle;
      spread = square - middle * middle;
    }
    float step = learningRate * g[i] / __builtin_sqrtf(spread + epsilon);
    if (moving) {
      step = momentum * velocity[i] + step;
      velocity[i] = step;
    }
    w[i] -= step;
  }
}

void KERNEL(rmspropInside)(float *w, const float *g, float *a, float *mean, float *velocity,
                           uint32_t length, float learningRate, float rho, float momentum,
                           float epsilon, uint32_t centered) {
#define RMSPROP_INSIDE(centered, moving)                                                           \
  rmsprop_inside(centered, moving, w, g, a, mean, velocity, length, learningRate, rho, momentum,   \
                 epsilon)
  if (centered) {
    if (momentum > 0.0f) {
      RMSPROP_INSIDE(1, 1);
    } else {
      RMSPROP_INSIDE(1, 0);
    }
  } else if (momentum > 0.0f) {
    RMSPROP_INSIDE(0, 1);
  } else {
    RMSPROP_INSIDE(0, 0);
  }
#undef RMSPROP_INSIDE
}
