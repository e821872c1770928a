/* Adam in its kinds, Nadam and Adamax, each in one pass over the weights. */
#include "level.h"

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

void KERNEL(generalAdam)(float *restrict w, const float *restrict g, float *restrict m,
                         float *restrict v, float *restrict top, uint32_t length, float stepSize,
                         float beta1, float take1, float beta2, float take2, float rootDivisor,
                         float epsilon, uint32_t amsgrad) {
  EACH(i, length) {
    const float first = beta1 * m[i] + take1 * g[i];
    const float second = beta2 * v[i] + take2 * (g[i] * g[i]);
    m[i] = first;
    v[i] = second;
    float largest = second;
    if (amsgrad) {
      const float before = top[i];
      largest = before > second ? before : second;
      top[i] = largest;
    }
    w[i] -= stepSize * first / (__builtin_sqrtf(largest) / rootDivisor + epsilon);
  }
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
