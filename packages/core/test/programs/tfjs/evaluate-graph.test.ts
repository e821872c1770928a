import { beforeAll, describe, expect, it } from 'vitest';
import {
  createOracleKernels,
  evaluate,
  foreignRegistry,
  type GraphLayer,
  planGraph,
  sha256Hex,
} from '../../../src/index.ts';
import { evaluateWithTensorFlow } from '../../../src/programs/tfjs/evaluation/evaluate-graph.ts';
import { loadBackend } from '../../../src/programs/tfjs/installation/open.ts';
import { obstacleToTensorFlow } from '../../../src/programs/tfjs/evaluation/classes.ts';
import type { TfjsEngine } from '../../../src/programs/tfjs/tensorflow.ts';
import { sizeOf } from '../../../src/layers/layer.ts';

const COUNT = 7;
const PIXELS = 48;

/** Images of random bytes, the same in every run. */
const split = {
  count: COUNT,
  images: Uint8Array.from({ length: COUNT * PIXELS }, (_, at) =>
    Number.parseInt(sha256Hex(new Uint8Array([at % 256, at >> 8])).slice(0, 2), 16),
  ),
  labels: Uint8Array.from({ length: COUNT }, (_, at) => at % 3),
};

type Layer = [string, Record<string, unknown>];

const chain = (
  inputShape: readonly number[],
  layers: readonly Layer[],
): Parameters<typeof planGraph>[0] => ({
  name: 'chain',
  batchInputShape: [null, ...inputShape],
  layers: layers.map(([className, config], index): GraphLayer => ({
    class_name: className,
    config,
    inbound: [index - 1],
    sharedWith: null,
  })),
});

const head: Layer[] = [
  ['Flatten', {}],
  ['Dense', { units: 3, activation: 'softmax' }],
];

let tensorFlow: TfjsEngine;
beforeAll(async () => {
  tensorFlow = await loadBackend('cpu');
});

function run(inputShape: readonly number[], layers: readonly Layer[]) {
  const plan = planGraph(chain(inputShape, layers), foreignRegistry);
  const weights = plan.layers
    .flatMap((layer) => layer.weights)
    .map(({ shape }, index) =>
      Float32Array.from({ length: sizeOf(shape) }, (_, at) => ((at * 7 + index * 3) % 11) / 20),
    );
  const work = {
    plan,
    weights,
    split,
    inputScale: '1/255',
    loss: 'categorical_crossentropy',
  } as const;
  return { work, result: evaluateWithTensorFlow(tensorFlow.tf, work) };
}

describe('a network that TensorFlow.js evaluates', () => {
  const image = [4, 4, 3];
  const sequence = [12, 4];
  const cases: [readonly number[], Layer][] = [
    [
      image,
      [
        'SeparableConv2D',
        { filters: 5, kernel_size: [3, 2], strides: 2, padding: 'same', depth_multiplier: 2 },
      ],
    ],
    [
      image,
      [
        'SeparableConv2D',
        { filters: 2, kernel_size: 3, use_bias: false, activation: 'hard_sigmoid' },
      ],
    ],
    [image, ['DepthwiseConv2D', { kernel_size: 3, depth_multiplier: 2 }]],
    [image, ['DepthwiseConv2D', { kernel_size: 3, strides: 2, padding: 'same', use_bias: false }]],
    [image, ['Conv2DTranspose', { filters: 2, kernel_size: 3, strides: 2 }]],
    [image, ['Conv2DTranspose', { filters: 2, kernel_size: 1, strides: 2 }]],
    [
      image,
      ['Conv2DTranspose', { filters: 2, kernel_size: [2, 5], strides: [3, 1], padding: 'same' }],
    ],
    [image, ['UpSampling2D', { size: [2, 3] }]],
    [image, ['Cropping2D', { cropping: 1 }]],
    [
      image,
      [
        'Cropping2D',
        {
          cropping: [
            [0, 1],
            [2, 1],
          ],
        },
      ],
    ],
    [image, ['Permute', { dims: [3, 1, 2] }]],
    [image, ['PReLU', {}]],
    [image, ['PReLU', { shared_axes: [1, 2] }]],
    [image, ['LayerNormalization', { axis: 3, epsilon: 0.01 }]],
    [[48], ['RepeatVector', { n: 3 }]],
    [sequence, ['Conv1D', { filters: 3, kernel_size: [5], strides: [2], padding: 'same' }]],
    [sequence, ['Conv1D', { filters: 3, kernel_size: 3, activation: 'relu', use_bias: false }]],
    [sequence, ['MaxPooling1D', { pool_size: [5], strides: 2, padding: 'same' }]],
    [sequence, ['AveragePooling1D', {}]],
    [sequence, ['GlobalMaxPooling1D', {}]],
    [sequence, ['GlobalAveragePooling1D', {}]],
    [sequence, ['LSTM', { units: 3, return_sequences: true, go_backwards: true }]],
    [sequence, ['LSTM', { units: 3, recurrent_activation: 'hard_sigmoid', use_bias: false }]],
    [sequence, ['SimpleRNN', { units: 3, activation: 'relu' }]],
  ];

  // Building fails where a planned shape is not the one that TensorFlow.js infers.
  it.each(cases)('of %j with %j has the planned shapes', (inputShape, layer) => {
    const { result } = run(inputShape, [layer, ...head]);
    expect(result.predicted).toHaveLength(COUNT);
    expect(Number.isFinite(result.loss)).toBe(true);
  });

  it('covers every class', () => {
    expect(new Set(cases.map(([, [className]]) => className))).toEqual(
      new Set(foreignRegistry.keys()),
    );
  });

  it('agrees with our own arithmetic where both have all layers', () => {
    const { work, result } = run(
      [4, 4, 3],
      [
        ['Conv2D', { filters: 4, kernel_size: 2, activation: 'tanh' }],
        ['BatchNormalization', {}],
        ['ReLU', { max_value: 0.7 }],
        ['LeakyReLU', { alpha: 0.1 }],
        ['Dropout', { rate: 0.5 }],
        ['ZeroPadding2D', { padding: 1 }],
        ['MaxPooling2D', { pool_size: 2 }],
        ['Rescaling', { scale: 2, offset: -1 }],
        ...head,
      ],
    );
    const own = evaluate({ kernels: createOracleKernels(), ...work, weights: [...work.weights] });
    expect([...result.predicted]).toEqual([...own.predicted]);
    expect(result.loss).toBeCloseTo(own.loss, 5);
  });

  it.each([
    [['Activation', { activation: 'exponential' }], /activation exponential/u],
    [['GlobalMaxPooling2D', { keepdims: true }], /keepdims/u],
    [['ReLU', { negative_slope: 0.2 }], /negative_slope/u],
  ] satisfies [Layer, RegExp][])('does not take %j for something else', (layer, message) => {
    const plan = planGraph(chain([4, 4, 3], [layer, ...head]));
    expect(obstacleToTensorFlow(plan)).toMatch(message);
  });

  it('is no network for training', () => {
    expect(() => planGraph(chain([4, 4, 3], [['UpSampling2D', {}]]))).toThrow(
      /UpSampling2D, which is not/u,
    );
  });
});
