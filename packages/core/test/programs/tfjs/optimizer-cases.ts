import type { Optimizer } from '../../../src/recipe/optimizer.ts';
import type { Recipe } from '../../../src/index.ts';

const betas = { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };

/** Every optimiser class with each of its switches on and off. */
export const optimizerCases: readonly Optimizer[] = [
  { class_name: 'SGD', learning_rate: 0.1, momentum: 0, nesterov: false, decay: 0 },
  { class_name: 'SGD', learning_rate: 0.05, momentum: 0.9, nesterov: false, decay: 0 },
  { class_name: 'SGD', learning_rate: 0.05, momentum: 0.9, nesterov: true, decay: 0.01 },
  { class_name: 'RMSprop', learning_rate: 0.005, rho: 0.9, epsilon: 1e-7, decay: 1e-4 },
  ...[0, 0.5].flatMap((momentum) =>
    [false, true].map((centered): Optimizer => ({
      class_name: 'RMSprop',
      learning_rate: 0.005,
      rho: 0.9,
      epsilon: 1e-3,
      epsilon_inside_root: true,
      momentum,
      centered,
      decay: 0,
    })),
  ),
  { class_name: 'Adam', learning_rate: 0.01, ...betas, decay: 0 },
  { class_name: 'AdamW', learning_rate: 0.01, ...betas, weight_decay: 0.1, decay: 0 },
  { class_name: 'Adamax', learning_rate: 0.01, ...betas, decay: 0 },
  { class_name: 'Nadam', learning_rate: 0.01, ...betas, schedule_decay: 0.004, decay: 0 },
  { class_name: 'Nadam', learning_rate: 0.01, ...betas, schedule_decay: 1, decay: 0 },
  { class_name: 'Adadelta', learning_rate: 1, rho: 0.95, epsilon: 1e-7, decay: 0 },
  ...([true, undefined] as const).map((inside): Optimizer => ({
    class_name: 'Adagrad',
    learning_rate: 0.05,
    epsilon: 1e-3,
    ...(inside === undefined ? {} : { epsilon_inside_root: inside }),
    initial_accumulator_value: 0.1,
    decay: 0,
  })),
];

/** Every loss, and what else `fit` is given; with the head that the loss needs. */
export const fitCases: readonly { name: string; head: string; changes: Partial<Recipe> }[] = [
  { name: 'categorical_crossentropy', head: 'softmax', changes: {} },
  {
    name: 'sparse_categorical_crossentropy',
    head: 'softmax',
    changes: { loss: 'sparse_categorical_crossentropy' },
  },
  { name: 'binary_crossentropy', head: 'sigmoid', changes: { loss: 'binary_crossentropy' } },
  ...(['mean_squared_error', 'mean_absolute_error'] as const).flatMap((loss) =>
    ['softmax', 'sigmoid', 'relu', 'linear'].map((head) => ({
      name: `${loss} behind ${head}`,
      head,
      changes: { loss },
    })),
  ),
  { name: 'class weights', head: 'softmax', changes: { classWeight: [0.5, 1, 3] } },
  {
    name: 'augmentation',
    head: 'softmax',
    changes: {
      augmentation: {
        rotationRange: 20,
        widthShiftRange: 0.2,
        zoomRange: 0.1,
        horizontalFlip: true,
      },
    },
  },
  {
    name: 'a schedule',
    head: 'softmax',
    changes: {
      schedule: { kind: 'exponential', decayRate: 0.5, decaySteps: 3, staircase: false },
    },
  },
];
