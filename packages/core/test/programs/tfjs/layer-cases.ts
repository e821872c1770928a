import type { Recipe } from '../../../src/index.ts';
import { ActivationNameSchema } from '../../../src/layers/activation.ts';
import { activations } from '../../../src/layers/activations.ts';
import { syntheticRecipe } from '../../training/synthetic.ts';

type Layer = Recipe['model']['layers'][number];

/** A network on the 4 × 4 synthetic images, named for what it is there to show. */
export interface LayerCase {
  readonly name: string;
  readonly recipe: Recipe;
}

function layer(className: string, config: Readonly<Record<string, unknown>> = {}): Layer {
  return { class_name: className, config };
}

/** Learning rate 1 and no momentum: the weights move by exactly their gradients. */
const GRADIENTS = {
  class_name: 'SGD',
  learning_rate: 1,
  momentum: 0,
  nesterov: false,
  decay: 0,
} as const;

/** The layers under test between the input and a softmax over the three classes. */
function layerCase(name: string, inputShape: number[], layers: readonly Layer[]): LayerCase {
  const [first, ...others] = [
    ...layers,
    layer('Flatten'),
    layer('Dense', { units: 3, activation: 'softmax' }),
  ];
  if (first === undefined) throw new Error('a case without layers');
  const config = { ...first.config, batch_input_shape: [null, ...inputShape] };
  const model = { name: 'case', layers: [{ ...first, config }, ...others] };
  return { name, recipe: syntheticRecipe({ inputShape, model, optimizer: GRADIENTS }) };
}

const flat = (name: string, ...layers: readonly Layer[]): LayerCase =>
  layerCase(name, [16], [layer('Dense', { units: 7 }), ...layers]);

/** Without a bias before it: its gradient would be 0 but for rounding, and there is nothing to compare. */
const normalized = (name: string, config: Readonly<Record<string, unknown>>): LayerCase =>
  layerCase(
    name,
    [16],
    [layer('Dense', { units: 7, use_bias: false }), layer('BatchNormalization', config)],
  );

const image = (name: string, ...layers: readonly Layer[]): LayerCase =>
  layerCase(name, [4, 4, 1], layers);

/** Feature maps with negative, positive and (behind a relu) many equal values, without a convolution. */
const maps = (name: string, activation: string, ...layers: readonly Layer[]): LayerCase =>
  layerCase(
    name,
    [16],
    [
      layer('Dense', { units: 48, activation }),
      layer('Reshape', { target_shape: [4, 4, 3] }),
      ...layers,
    ],
  );

const WINDOWS = [
  { pool_size: 2 },
  { pool_size: [2, 3], strides: 1 },
  { pool_size: 3, strides: 2, padding: 'same' },
  { pool_size: [3, 2], strides: [1, 2], padding: 'same' },
] as const;

/** At least one network for every layer class and every activation. */
export const layerCases: readonly LayerCase[] = [
  ...Object.keys(activations).map((activation) =>
    flat(`Activation ${activation}`, layer('Activation', { activation })),
  ),
  // Sums of up to sixteen positive inputs reach behind the bends of relu6 and hard_sigmoid.
  ...['relu6', 'hard_sigmoid', 'sigmoid', 'softplus', 'swish', 'gelu', 'elu', 'softsign'].map(
    (activation) =>
      layerCase(
        `Activation ${activation} of large values`,
        [16],
        [
          layer('Dense', { units: 5, kernel_initializer: 'ones' }),
          layer('Activation', { activation }),
        ],
      ),
  ),
  flat('Activation linear', layer('Activation', { activation: 'linear' })),
  flat('Dense with an activation', layer('Dense', { units: 5, activation: 'tanh' })),
  flat('Dense without a bias', layer('Dense', { units: 5, use_bias: false })),
  flat(
    'Dense with regularisers',
    layer('Dense', {
      units: 5,
      kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.01, l2: 0.02 } },
      bias_regularizer: 'l1',
    }),
  ),
  flat('Dropout', layer('Dropout', { rate: 0.4 }), layer('Dropout', { rate: 0.2 })),
  flat('ELU', layer('ELU', { alpha: 0.7 })),
  flat('LeakyReLU', layer('LeakyReLU', { alpha: 0.2 })),
  flat('ReLU', layer('ReLU')),
  flat('ReLU clipped', layer('ReLU', { max_value: 0.2 })),
  flat('ReLU with a slope', layer('ReLU', { negative_slope: 0.1 })),
  flat('Softmax', layer('Softmax')),
  normalized('BatchNormalization on vectors', { momentum: 0.9 }),
  normalized('BatchNormalization without scale', { scale: false, epsilon: 0.01 }),
  normalized('BatchNormalization without centre', { center: false }),
  maps('BatchNormalization on maps', 'linear', layer('BatchNormalization')),
  flat('Rescaling', layer('Rescaling', { scale: 1.5, offset: -0.25 })),
  layerCase('Reshape', [16], [layer('Reshape', { target_shape: [4, -1] })]),
  layerCase('Flatten', [4, 4, 1], [layer('Flatten')]),
  image('Conv2D valid', layer('Conv2D', { filters: 2, kernel_size: 3 })),
  image(
    'Conv2D twice, with strides',
    layer('Conv2D', { filters: 3, kernel_size: [2, 3], padding: 'same', activation: 'relu' }),
    layer('Conv2D', { filters: 2, kernel_size: 3, strides: 2, padding: 'same', use_bias: false }),
  ),
  ...WINDOWS.flatMap((window) => [
    maps(`MaxPooling2D ${JSON.stringify(window)}`, 'relu', layer('MaxPooling2D', window)),
    maps(`AveragePooling2D ${JSON.stringify(window)}`, 'relu', layer('AveragePooling2D', window)),
  ]),
  maps('GlobalMaxPooling2D', 'relu', layer('GlobalMaxPooling2D')),
  maps('GlobalAveragePooling2D', 'tanh', layer('GlobalAveragePooling2D', { keepdims: true })),
  maps(
    'ZeroPadding2D',
    'tanh',
    layer('ZeroPadding2D', {
      padding: [
        [1, 0],
        [2, 1],
      ],
    }),
  ),
];

/** The classes and activations that these networks use. */
export function coverageOf(cases: readonly LayerCase[]): Set<string> {
  return new Set(
    cases.flatMap(({ recipe }) =>
      recipe.model.layers.flatMap(({ class_name: className, config }) => {
        const { activation } = config;
        if (className !== 'Activation') return [className];
        return [className, `activation ${ActivationNameSchema.parse(activation)}`];
      }),
    ),
  );
}
