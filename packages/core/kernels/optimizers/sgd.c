/* Gradient descent with and without momentum, in one pass over the weights. */
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
