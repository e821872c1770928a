import { describe, expect, it } from 'vitest';
import {
  createOracleKernels,
  layerRegistry,
  planModel,
  type PlannedLayer,
} from '../../src/index.ts';
import { activations } from '../../src/layers/activations.ts';
import { inferenceIdentityLayers } from '../../src/layers/inference-identity.ts';
import { sizeOf } from '../../src/layers/layer.ts';
import { randomFloats } from '../engines/random-arrays.ts';
import { forward64 } from './reference.ts';

type Config = Record<string, unknown>;

const ROWS = 3;
const IMAGE = [5, 6, 2];

/** Every layer class with the options that change what it computes. */
const cases: [className: string, inputShape: number[], config: Config][] = [
  ['Dense', [7], { units: 4 }],
  ['Dense', [7], { units: 4, use_bias: false, activation: 'tanh' }],
  ['Dense', [7], { units: 4, activation: 'softmax' }],
  ['Conv2D', IMAGE, { filters: 3, kernel_size: 3 }],
  ['Conv2D', IMAGE, { filters: 3, kernel_size: [2, 3], padding: 'same', use_bias: false }],
  ['Conv2D', IMAGE, { filters: 2, kernel_size: [3, 2], strides: [2, 3], padding: 'same' }],
  ['Conv2D', IMAGE, { filters: 2, kernel_size: 3, strides: 2, activation: 'sigmoid' }],
  ['Conv2D', IMAGE, { filters: 4, kernel_size: 1 }],
  ['Conv2D', IMAGE, { filters: 2, kernel_size: 5, padding: 'same', activation: 'gelu' }],
  ['MaxPooling2D', IMAGE, {}],
  ['MaxPooling2D', IMAGE, { pool_size: 3, strides: 2, padding: 'same' }],
  ['MaxPooling2D', IMAGE, { pool_size: [3, 2], strides: 1 }],
  ['AveragePooling2D', IMAGE, {}],
  ['AveragePooling2D', IMAGE, { pool_size: 3, strides: 2, padding: 'same' }],
  ['AveragePooling2D', IMAGE, { pool_size: 2, strides: 1, padding: 'same' }],
  ['GlobalAveragePooling2D', IMAGE, {}],
  ['GlobalMaxPooling2D', IMAGE, {}],
  [
    'ZeroPadding2D',
    IMAGE,
    {
      padding: [
        [1, 2],
        [0, 3],
      ],
    },
  ],
  ['BatchNormalization', IMAGE, {}],
  ['BatchNormalization', [4], { scale: false, epsilon: 0.01 }],
  ['BatchNormalization', [4], { center: false }],
  ['LeakyReLU', [9], {}],
  ['ELU', [9], { alpha: 0.7 }],
  ['ReLU', [9], { max_value: 0.5 }],
  ['ReLU', [9], { negative_slope: 0.1 }],
  ['Softmax', [9], {}],
  ['Flatten', IMAGE, {}],
  ['Rescaling', IMAGE, { scale: 1 / 127.5, offset: -1 }],
  ['Reshape', IMAGE, { target_shape: [3, -1] }],
  ...['linear', ...Object.keys(activations)].map((activation): (typeof cases)[number] => [
    'Activation',
    [9],
    { activation },
  ]),
];

function planned(className: string, inputShape: number[], config: Config): PlannedLayer {
  const plan = planModel({
    name: 'one layer',
    layers: [
      {
        class_name: className,
        config: { name: 'layer', batch_input_shape: [null, ...inputShape], ...config },
      },
    ],
  });
  return plan.layers[0]!;
}

/** Runs a layer forward and backward in the oracle; its output's gradient is `direction`. */
function trained(
  layer: PlannedLayer,
  x: Float32Array,
  weights: Float32Array[],
  direction: Float32Array,
) {
  const kernels = createOracleKernels();
  const place = (values: Float32Array): number => {
    const pointer = kernels.allocate(values.byteLength);
    kernels.f32(pointer, values.length).set(values);
    return pointer;
  };
  const parameters = weights.map((values, index) => ({
    pointer: place(values),
    gradient: kernels.allocate(values.byteLength),
    length: values.length,
    trainable: layer.weights[index]!.trainable,
    regularizer: null,
  }));
  const definition = layerRegistry.get(layer.className);
  if (definition === undefined) throw new Error('not trained');
  const operations = definition.build(layer, {
    kernels,
    memory: {
      output: kernels.allocate,
      inputGradient: () => kernels.allocate(ROWS * sizeOf(layer.inputShape) * 4),
    },
    rows: ROWS,
    training: true,
    inputShape: layer.inputShape,
    inputLength: sizeOf(layer.inputShape),
    inputIsFree: false,
    outputLength: sizeOf(layer.outputShape),
    parameters,
    streamKey: () => [1, 2],
  });
  const pass = { training: true, step: 0 };
  const input = place(x);
  const output = operations.reduce(
    (value, operation) => operation.forward(value, ROWS, pass),
    input,
  );
  const y = kernels.f32(output, ROWS * sizeOf(layer.outputShape)).slice();
  const dx = operations.reduceRight(
    (gradient, operation) => operation.backward(gradient, ROWS, true),
    place(direction),
  );
  return {
    y,
    unchanged: kernels.f32(input, x.length).every((value, index) => value === x[index]),
    inputGradient: kernels.f32(dx, x.length).slice(),
    weightGradients: parameters.map(({ gradient, length }) =>
      kernels.f32(gradient, length).slice(),
    ),
  };
}

/** Derivative of Σ direction·y by every element of `values`, by central differences in float64. */
function differences(values: Float64Array, loss: () => number): number[] {
  const step = 1e-5;
  return Array.from(values, (value, index) => {
    values[index] = value + step;
    const above = loss();
    values[index] = value - step;
    const below = loss();
    values[index] = value;
    return (above - below) / (2 * step);
  });
}

/** A float32 sum of up to 200 terms of size 1 is good to 2e-5; the differences are good to 1e-9. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index += 1) {
    const bound = 3e-5 * (1 + Math.abs(expected[index]!));
    if (!(Math.abs(actual[index]! - expected[index]!) <= bound)) {
      expect([...Array.from(actual)], `element ${index}`).toEqual([...Array.from(expected)]);
    }
  }
}

describe('layers against float64', () => {
  it('has a case for every trainable layer class but dropout, whose masks are random', () => {
    const tested = new Set(cases.map(([className]) => className));
    const evaluated = new Set(inferenceIdentityLayers.map(({ className }) => className));
    const rest = [...layerRegistry.keys()].filter((name) => !tested.has(name));
    // A Normalization is evaluated only.
    expect(rest.filter((name) => !evaluated.has(name))).toEqual(['Dropout', 'Normalization']);
  });

  it.each(cases)('%s of %j with %j', (className, inputShape, config) => {
    const layer = planned(className, inputShape, config);
    // Wide enough to reach both ends of the clipped activations.
    const width = className === 'Activation' ? 8 : 3;
    const x = randomFloats(ROWS * sizeOf(inputShape), 'plain', 1).map((value) => width * value);
    const weights = layer.weights.map(({ shape }, index) =>
      randomFloats(sizeOf(shape), 'plain', 10 + index),
    );
    const direction = randomFloats(ROWS * sizeOf(layer.outputShape), 'plain', 2);
    const result = trained(layer, x, weights, direction);
    const x64 = Float64Array.from(x);
    const weights64 = weights.map((values) => Float64Array.from(values));
    expectClose(result.y, forward64(layer, x64, ROWS, weights64));
    expect(result.unchanged).toBe(true);

    const loss = (): number =>
      forward64(layer, x64, ROWS, weights64).reduce(
        (sum, value, index) => sum + value * direction[index]!,
        0,
      );
    expectClose(result.inputGradient, differences(x64, loss));
    for (const [index, { trainable }] of layer.weights.entries()) {
      if (!trainable) continue;
      expectClose(result.weightGradients[index]!, differences(weights64[index]!, loss));
    }
  });
});
