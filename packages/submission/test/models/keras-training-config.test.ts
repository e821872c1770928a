import { describe, expect, it } from 'vitest';
import { readTrainingConfig } from '../../src/models/keras/training-config.ts';
import { kerasFile, readBytes } from './keras-reader.ts';

const optimizer = (stored: unknown): unknown =>
  readTrainingConfig({ optimizer: stored, loss: 'mse' })?.optimizer;

describe('how a model says that it was trained', () => {
  it('is the same from every version and format', async () => {
    const configs = await Promise.all(
      [
        'keras-2.2.4/convolution.h5',
        'keras-2.12.0/convolution.keras',
        'keras-2.15.0/convolution.h5',
        'keras-2.15.0/convolution.keras',
        'keras-3.15.1/convolution.h5',
        'keras-3.15.1/convolution.keras',
      ].map(async (file) => {
        const model = await readBytes(kerasFile(file), file.slice(file.indexOf('/') + 1));
        return model.state === 'read' ? model.trainingConfig : null;
      }),
    );
    for (const config of configs) {
      expect(config).toMatchObject({
        optimizer: {
          class_name: 'RMSprop',
          schedule: null,
          options: { learning_rate: 0.003, rho: 0.9 },
        },
        loss: 'categorical_crossentropy',
        fromLogits: false,
        metrics: ['accuracy'],
      });
    }
  });

  it('may be a name alone', () => {
    expect(optimizer('adam')).toEqual({ class_name: 'Adam', options: {}, schedule: null });
    expect(
      optimizer({
        class_name: 'Custom>SGD',
        config: { learning_rate: 0.10000000149011612, nesterov: false, name: 'SGD' },
      }),
    ).toEqual({
      class_name: 'SGD',
      options: { learning_rate: 0.1, nesterov: false },
      schedule: null,
    });
  });

  it('may have a schedule for its learning rate', () => {
    const schedule = {
      class_name: 'ExponentialDecay',
      config: { initial_learning_rate: 0.01, decay_steps: 100, decay_rate: 0.5, staircase: true },
    };
    expect(
      optimizer({
        class_name: 'Adam',
        config: { learning_rate: schedule, beta_1: 0.8999999761581421 },
      }),
    ).toEqual({
      class_name: 'Adam',
      options: {
        learning_rate: 0.01,
        decay_steps: 100,
        decay_rate: 0.5,
        staircase: true,
        beta_1: 0.9,
      },
      schedule: 'ExponentialDecay',
    });
  });

  it.each([
    ['mse', 'mean_squared_error', false],
    [
      { class_name: 'SparseCategoricalCrossentropy', config: { from_logits: true } },
      'sparse_categorical_crossentropy',
      true,
    ],
    [
      { module: 'builtins', class_name: 'function', config: 'categorical_crossentropy' },
      'categorical_crossentropy',
      false,
    ],
    [['binary_crossentropy'], 'binary_crossentropy', false],
  ])('has the loss %j as %s', (stored, loss, fromLogits) => {
    expect(readTrainingConfig({ optimizer: 'sgd', loss: stored })).toMatchObject({
      loss,
      fromLogits,
    });
  });

  it('has metrics in any notation', () => {
    const metrics = [
      ['accuracy'],
      [{ class_name: 'MeanMetricWrapper', config: { name: 'acc', fn: 'x' } }],
      { class_name: 'AUC', config: {} },
    ];
    expect(readTrainingConfig({ loss: 'mse', metrics })?.metrics).toEqual([
      'accuracy',
      'acc',
      'auc',
    ]);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    ['text'],
    [{ loss: 3 }],
    [{ optimizer: 7, loss: { a: { b: 1 } } }],
  ])('is nothing where %j stands', (stored) => {
    expect(readTrainingConfig(stored)).toBeNull();
  });
});
