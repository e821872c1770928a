import type { Recipe } from '../../../src/index.ts';
import { syntheticRecipe } from '../../training/synthetic.ts';

const ADAM = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, decay: 0 };

const layers: Recipe['model']['layers'] = [
  {
    class_name: 'Conv2D',
    config: {
      name: 'conv',
      batch_input_shape: [null, 4, 4, 1],
      filters: 3,
      kernel_size: [3, 3],
      kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } },
    },
  },
  { class_name: 'BatchNormalization', config: { name: 'normalization' } },
  { class_name: 'Activation', config: { name: 'relu', activation: 'relu' } },
  { class_name: 'GlobalMaxPooling2D', config: { name: 'pool', ties: 'shared' } },
  { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
];

/** What recipes can ask for besides the plain things, a few at a time. */
export const optionRecipes: readonly Recipe[] = [
  syntheticRecipe({
    epochs: 2,
    inputShape: [4, 4, 1],
    model: { name: 'options', layers },
    optimizer: { class_name: 'AdamW', ...ADAM, weight_decay: 0.01, amsgrad: true, clipnorm: 0.5 },
    labelSmoothing: 0.1,
    augmentation: { heightShiftRange: 0.3, rotationRange: 20, axes: 'swapped' },
    shuffle: 'once',
  }),
  syntheticRecipe({
    epochs: 2,
    optimizer: {
      class_name: 'SGD',
      learning_rate: 0.1,
      momentum: 0.9,
      nesterov: false,
      decay: 0,
      global_clipnorm: 0.5,
    },
  }),
  syntheticRecipe({ epochs: 1, optimizer: { class_name: 'Adam', ...ADAM, clipvalue: 0.01 } }),
  syntheticRecipe({
    epochs: 2,
    semantics: 'pytorch',
    optimizer: {
      class_name: 'SGD',
      learning_rate: 0.1,
      momentum: 0.9,
      nesterov: true,
      decay: 0,
      weight_decay: 0.01,
      global_clipnorm: 0.5,
    },
  }),
  syntheticRecipe({
    epochs: 2,
    semantics: 'pytorch',
    optimizer: { class_name: 'Adam', ...ADAM, amsgrad: true, weight_decay: 0.01 },
    labelSmoothing: 0.1,
  }),
];
