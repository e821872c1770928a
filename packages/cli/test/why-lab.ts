/** A lab of written answers, so that no model is looked at. */
export const WHY_LAB: string = `title: Why
version: 1.0.0
exercises:
  - id: none
    title: None
    recipe:
      dataset: mnist
      inputShape: [784]
      inputScale: 1/255
      model: { name: m, layers: [{ class_name: Dense, config: { name: d, units: 10, activation: softmax, batch_input_shape: [null, 784] } }] }
      loss: categorical_crossentropy
      optimizer: { class_name: SGD, learning_rate: 0.01, momentum: 0, nesterov: false, decay: 0 }
      batchSize: 32
      epochs: 1
      validation: { from: none }
      shuffle: true
      trainLimit: null
questions:
  - id: q1
    number: 1
    title: Why
    prompt: Why does it work?
    exercise: null
    checks:
      - { kind: free-text, points: 2, rubric: [{ concept: light, points: 2, lookFor: says light }] }
      - { kind: word-count, points: 2, least: 3 }
`;
