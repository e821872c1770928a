/* Keras's optimisers, each in one pass over the weights. */
#include "level.h"

void KERNEL(sgd)(float *restrict w, const float *restrict g, float *restrict velocity,
                 uint32_t length, float learningRate, float momentum, uint32_t nesterov) {
  if (momentum == 0.0f) {
    EACH(i, length) w[i] -= learningRate * g[i];
    return;
  }
  EACH(i, length) {
    const float step = learningRate * g[i];
    const float v = momentum * velocity[i] - step;
    velocity[i] = v;
    w[i] += nesterov ? momentum * v - step : v;
  }
}

void KERNEL(rmsprop)(float *restrict w, const float *restrict g, float *restrict a, uint32_t length,
                     float learningRate, float rho, float epsilon) {
  const float take = 1.0f - rho;
  EACH(i, length) {
    const float mean = rho * a[i] + take * (g[i] * g[i]);
    a[i] = mean;
    w[i] -= learningRate * g[i] / (__builtin_sqrtf(mean) + epsilon);
  }
}

void KERNEL(adam)(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                  uint32_t length, float stepSize, float beta1, float beta2, float epsilon) {
  const float takeFirst = 1.0f - beta1;
  const float takeSecond = 1.0f - beta2;
  EACH(i, length) {
    const float first = beta1 * m[i] + takeFirst * g[i];
    const float second = beta2 * v[i] + takeSecond * (g[i] * g[i]);
    m[i] = first;
    v[i] = second;
    w[i] -= stepSize * first / (__builtin_sqrtf(second) + epsilon);
  }
}

void KERNEL(adadelta)(float *restrict w, const float *restrict g, float *restrict a,
                      float *restrict d, uint32_t length, float learningRate, float rho,
                      float epsilon) {
  const float take = 1.0f - rho;
  EACH(i, length) {
    const float mean = rho * a[i] + take * (g[i] * g[i]);
    a[i] = mean;
    const float update =
        g[i] * __builtin_sqrtf(d[i] + epsilon) / __builtin_sqrtf(mean + epsilon);
    w[i] -= learningRate * update;
    d[i] = rho * d[i] + take * (update * update);
  }
}
