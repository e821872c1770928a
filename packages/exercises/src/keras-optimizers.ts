import type { Optimizer } from '@labproof/core';

/* The defaults that Keras had from 2019 to 2023, written out, because defaults change. */

export const ADAM: Optimizer = {
  class_name: 'Adam',
  learning_rate: 0.001,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
  decay: 0,
};

export const RMSPROP: Optimizer = {
  class_name: 'RMSprop',
  learning_rate: 0.001,
  rho: 0.9,
  epsilon: 1e-7,
  decay: 0,
};

/** Its learning rate is the one of 2019 and of Zeiler's paper (2012); Keras has had 0.001 since, with which little is learnt. */
export const ADADELTA: Optimizer = {
  class_name: 'Adadelta',
  learning_rate: 1,
  rho: 0.95,
  epsilon: 1e-7,
  decay: 0,
};

/** Gradient descent without momentum. */
export function sgd(learningRate: number): Optimizer {
  return {
    class_name: 'SGD',
    learning_rate: learningRate,
    momentum: 0,
    nesterov: false,
    decay: 0,
  };
}
