/* Adagrad and Adadelta, each in one pass over the weights. */
#include "level.h"

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

void KERNEL(adadelta)(float *restrict w, const float *restrict g, float *restrict a,
                      float *restrict d, uint32_t length, float learningRate, float rho,
                      float epsilon) {
  const float take = 1.0f - rho;
  EACH(i, length) {
    const float mean = rho * a[i] + take * (g[i] * g[i]);
    a[i] = mean;
    const float update = g[i] * __builtin_sqrtf(d[i] + epsilon) / __builtin_sqrtf(mean + epsilon);
    w[i] -= learningRate * update;
    d[i] = rho * d[i] + take * (update * update);
  }
}
