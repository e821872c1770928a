import { expect, it } from 'vitest';
import {
  createOracleKernels,
  planTraining,
  type Recipe,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

type Layers = Recipe['model']['layers'];
type Config = Readonly<Record<string, unknown>>;

const dataset = syntheticDataset(48, 20);
const layer = (className: string, config: Config = {}): Layers[number] => ({
  class_name: className,
  config: { ...config },
});

/** A layer that computes nothing, but stands between two others. */
const BETWEEN = layer('ZeroPadding2D', { padding: 0 });

/** What an epoch makes of a network that begins with a convolution, goes on so, and ends with three classes. */
function digest(middle: Layers): string {
  const layers = [
    layer('Conv2D', {
      batch_input_shape: [null, 4, 4, 1],
      filters: 6,
      kernel_size: 3,
      padding: 'same',
    }),
    ...middle,
    layer('Flatten'),
    layer('Dense', { units: 3, activation: 'softmax' }),
  ];
  const recipe = syntheticRecipe({
    epochs: 1,
    inputShape: [4, 4, 1],
    model: { name: 'gated', layers },
  });
  const plan = planTraining(recipe, dataset);
  const trainer = new Trainer({ kernels: createOracleKernels(), plan, dataset, seed: 3 });
  trainer.runEpoch();
  return weightsDigest(trainer.weights());
}

const gates = [
  layer('Activation', { activation: 'relu' }),
  layer('ReLU', { max_value: 0.05 }),
] as const;
const poolings: Layers = [
  layer('MaxPooling2D', { pool_size: 2 }),
  layer('MaxPooling2D', { pool_size: 3, strides: 1 }),
  layer('MaxPooling2D', { pool_size: 3, strides: 2, padding: 'same' }),
  layer('GlobalMaxPooling2D', { keepdims: true }),
];

it.each(gates.flatMap((gate) => poolings.map((pooling) => ({ gate, pooling }))))(
  'gradients pass $gate.class_name behind $pooling.class_name $pooling.config with the bits that they have before it',
  ({ gate, pooling }) => {
    expect(digest([gate, pooling])).toBe(digest([gate, BETWEEN, pooling]));
  },
);

it('keeps the maxima for the gate where an activation follows', () => {
  const [gate, pooling] = [gates[0], poolings[0]!];
  const after = layer('Activation', { activation: 'tanh' });
  expect(digest([gate, pooling, after])).toBe(digest([gate, BETWEEN, pooling, after]));
});
