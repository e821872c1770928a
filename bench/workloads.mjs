const INITIALIZERS = { kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros' };

function dense(units, activation, options) {
  return {
    class_name: 'Dense',
    config: { units, activation, use_bias: true, ...INITIALIZERS, ...options },
  };
}

function workload(id, title, hidden, batchSize, optimizer) {
  return {
    id,
    title,
    inputs: 784,
    hidden,
    outputs: 10,
    examples: 48_000,
    recipe: {
      dataset: 'mnist',
      inputShape: [784],
      inputScale: '1/255',
      model: {
        name: id,
        layers: [dense(hidden, 'relu', { batch_input_shape: [null, 784] }), dense(10, 'softmax')],
      },
      loss: 'sparse_categorical_crossentropy',
      optimizer,
      batchSize,
      epochs: 1,
      validation: { from: 'split', share: 0.2 },
      shuffle: true,
      trainLimit: null,
    },
  };
}

/** What is timed: the networks whose thousands of steps make up a calibration. */
export const workloads = [
  workload('mlp-256', '784-256-10, batch 128, RMSprop', 256, 128, {
    class_name: 'RMSprop',
    learning_rate: 0.001,
    rho: 0.9,
    epsilon: 1e-7,
    decay: 0,
  }),
  workload('mlp-32', '784-32-10, batch 32, Adam', 32, 32, {
    class_name: 'Adam',
    learning_rate: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-7,
    decay: 0,
  }),
];

/** The examples of step s: the same scattered ones on every side. 7919 is prime, so an epoch takes each of them once. */
export function batchIndices(step, batchSize, examples) {
  return Int32Array.from(
    { length: batchSize },
    (_, row) => ((step * batchSize + row) * 7919) % examples,
  );
}
