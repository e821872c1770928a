/* Optimisers and regularisation beyond the first four, each in one pass over the weights. */
#include "level.h"

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

void KERNEL(nadam)(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                   uint32_t length, float momentFactor, float gradientFactor, float varianceFactor,
                   float beta1, float beta2, float epsilon) {
  const float takeFirst = 1.0f - beta1;
  const float takeSecond = 1.0f - beta2;
  EACH(i, length) {
    const float first = beta1 * m[i] + takeFirst * g[i];
    const float second = beta2 * v[i] + takeSecond * (g[i] * g[i]);
    m[i] = first;
    v[i] = second;
    const float numerator = momentFactor * first + gradientFactor * g[i];
    w[i] -= numerator / (__builtin_sqrtf(second * varianceFactor) + epsilon);
  }
}

void KERNEL(adamax)(float *restrict w, const float *restrict g, float *restrict m,
                    float *restrict u, uint32_t length, float stepSize, float beta1, float beta2,
                    float epsilon) {
  const float takeFirst = 1.0f - beta1;
  EACH(i, length) {
    const float first = beta1 * m[i] + takeFirst * g[i];
    const float faded = beta2 * u[i];
    const float magnitude = __builtin_fabsf(g[i]);
    const float largest = faded > magnitude ? faded : magnitude;
    m[i] = first;
    u[i] = largest;
    w[i] -= stepSize * first / (largest + epsilon);
  }
}

void KERNEL(adagrad)(float *restrict w, const float *restrict g, float *restrict a, uint32_t length,
                     float learningRate, float epsilon, uint32_t inside) {
  const float underRoot = inside ? epsilon : 0.0f;
  const float besideRoot = inside ? 0.0f : epsilon;
  EACH(i, length) {
    const float sum = a[i] + g[i] * g[i];
    a[i] = sum;
    w[i] -= learningRate * g[i] / (__builtin_sqrtf(sum + underRoot) + besideRoot);
  }
}

void KERNEL(decayWeights)(float *w, uint32_t length, float factor) {
  EACH(i, length) w[i] -= w[i] * factor;
}

void KERNEL(regularize)(const float *restrict w, float *restrict g, uint32_t length, float l1,
                        float l2) {
  const float twice = 2.0f * l2;
  EACH(i, length) {
    const float below = w[i] < 0.0f ? -l1 : 0.0f;
    g[i] += (w[i] > 0.0f ? l1 : below) + twice * w[i];
  }
}

#define NORM_PARTS 16

void KERNEL(weightNorms)(const float *w, float *sums, uint32_t length) {
  float absolute[NORM_PARTS] = {0};
  float squares[NORM_PARTS] = {0};
  size_t i = 0;
  for (; i + NORM_PARTS <= length; i += NORM_PARTS) {
    for (size_t j = 0; j < NORM_PARTS; j++) {
      absolute[j] += __builtin_fabsf(w[i + j]);
      squares[j] += w[i + j] * w[i + j];
    }
  }
  for (size_t j = 0; i + j < length; j++) {
    absolute[j] += __builtin_fabsf(w[i + j]);
    squares[j] += w[i + j] * w[i + j];
  }
  sums[0] = 0.0f;
  sums[1] = 0.0f;
  for (size_t j = 0; j < NORM_PARTS; j++) {
    sums[0] += absolute[j];
    sums[1] += squares[j];
  }
}
