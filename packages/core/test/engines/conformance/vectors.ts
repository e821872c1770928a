import {
  type Kernels,
  planTraining,
  type Recipe,
  runTrial,
  weightBytes,
} from '../../../src/index.ts';
import type { KernelName } from '../../../src/engines/signatures.ts';
import { normals } from '../../../src/streams/normal.ts';
import { philoxWords } from '../../../src/streams/philox.ts';
import { shuffledIndices } from '../../../src/streams/shuffle.ts';
import { streamKey } from '../../../src/streams/streams.ts';
import { syntheticDataset, syntheticRecipe } from '../../training/synthetic.ts';
import { f, floats, g, hex, labels, positive, zeros } from './arguments.ts';
import { optionCalls } from './option-calls.ts';
import { optionRecipes } from './option-recipes.ts';
import { type KernelVector, runVector, typesOf, type VectorArgument } from './run-vector.ts';

/** Where elementary functions are hard: zeros, denormals, the ends of the range, and numbers in between. */
const POINTS = hex(
  Float32Array.from([
    0,
    -0,
    1e-45,
    -1e-45,
    1e-38,
    1.17549435e-38,
    1e-8,
    -1e-8,
    0.1,
    -0.1,
    0.5,
    -0.5,
    1,
    -1,
    2.5,
    -2.5,
    10,
    -10,
    88.7,
    -87.3,
    -103.9,
    -104,
    1e4,
    -1e4,
    3.4028235e38,
    Infinity,
    -Infinity,
  ]),
);
const COUNT = POINTS.bytes.length / 8;
const ABOVE_ZERO = hex(
  Float32Array.from([
    1e-45, 1.17549435e-38, 1e-8, 0.1, 0.5, 0.9999999, 1, 1.0000001, 2, 10, 1e10, 3.4028235e38,
  ]),
);
const FINITE = hex(
  Float32Array.from([0, -0, 1e-45, 0.1, -0.5, 1, 3, 1e2, 1e5, -1e6, 1e10, 3.4028235e38]),
);

const convolution = {
  height: 4,
  width: 4,
  channels: 2,
  filters: 3,
  kernelHeight: 3,
  kernelWidth: 3,
  strideY: 1,
  strideX: 1,
  padTop: 1,
  padLeft: 1,
  outHeight: 4,
  outWidth: 4,
};
const strided = { ...convolution, strideY: 2, strideX: 2, outHeight: 2, outWidth: 2 };
const pooling = {
  height: 4,
  width: 4,
  channels: 2,
  poolHeight: 2,
  poolWidth: 2,
  strideY: 2,
  strideX: 2,
  padTop: 0,
  padLeft: 0,
  outHeight: 2,
  outWidth: 2,
};

const calls: readonly (readonly [KernelName, ...VectorArgument[]])[] = [
  ['exp', POINTS, zeros(COUNT), COUNT],
  ['tanh', POINTS, zeros(COUNT), COUNT],
  ['sigmoid', POINTS, zeros(COUNT), COUNT],
  ['relu', POINTS, zeros(COUNT), COUNT],
  ['log', ABOVE_ZERO, zeros(12), 12],
  ['sqrt', ABOVE_ZERO, zeros(12), 12],
  ['sin', FINITE, zeros(12), 12],
  ['matmul', floats(12), floats(20, 2), zeros(15), 3, 4, 5],
  ['matmulInputGradient', floats(15), floats(20, 2), zeros(12), 3, 4, 5],
  ['matmulWeightGradient', floats(12), floats(15, 2), zeros(20), 3, 4, 5],
  ['addBias', floats(12), floats(4, 2), zeros(12), 3, 4],
  ['biasGradient', floats(12), zeros(4), 3, 4],
  ['conv2d', floats(64), floats(54, 2), zeros(96), 2, g(convolution)],
  ['conv2d', floats(64), floats(54, 2), zeros(24), 2, g(strided)],
  ['conv2dInputGradient', floats(96), floats(54, 2), zeros(64), 2, g(convolution)],
  ['conv2dInputGradient', floats(24), floats(54, 2), zeros(64), 2, g(strided)],
  ['conv2dFilterGradient', floats(64), floats(96, 2), zeros(54), 2, g(convolution)],
  ['conv2dBiasGradient', floats(96), zeros(3), 2, 16, 3],
  ['maxPool', floats(64), zeros(16), zeros(16), 2, g(pooling)],
  ['averagePool', floats(64), zeros(16), 2, g(pooling)],
  ['averagePoolGradient', floats(16), zeros(64), 2, g(pooling)],
  ['softmax', floats(12), zeros(12), 4, 3],
  ['softmaxCrossentropy', floats(12), labels, zeros(4), 4, 3],
  ['softmaxCrossentropyGradient', positive(12), labels, zeros(12), 4, 3, 0.25],
  ['sigmoidCrossentropy', floats(12), labels, zeros(4), 4, 3],
  ['squaredError', floats(12), labels, zeros(4), 4, 3],
  ['squaredErrorGradient', floats(12), labels, zeros(12), 4, 3, f(1 / 12)],
  ['absoluteError', floats(12), labels, zeros(4), 4, 3],
  ['argmax', floats(12), zeros(4), 4, 3],
  ['sgd', floats(6), floats(6, 2), floats(6, 3), 6, f(0.1), f(0.9), 1],
  ['rmsprop', floats(6), floats(6, 2), positive(6), 6, f(0.001), f(0.9), f(1e-7)],
  [
    'adam',
    floats(6),
    floats(6, 2),
    floats(6, 3),
    positive(6),
    6,
    f(0.001),
    f(0.9),
    f(0.999),
    f(1e-7),
  ],
  ['adadelta', floats(6), floats(6, 2), positive(6), positive(6, 2), 6, 1, f(0.95), f(1e-7)],
  ['adagrad', floats(6), floats(6, 2), positive(6), 6, f(0.01), f(1e-7), 0],
  ['philox', zeros(10), 10, 0x12345678, 0x9abcdef0, 7],
  ['uniform', zeros(10), 10, 1, 2, 3, f(-0.05), f(0.05)],
  ['dropoutMask', zeros(10), 10, 1, 2, 3, 0.25],
];

/** Every kernel call with what it gives. */
export function kernelVectors(kernels: Kernels): KernelVector[] {
  return [...calls, ...optionCalls].map(([kernel, ...given]) => {
    const vector = { kernel, types: typesOf(kernel), arguments: given };
    return { ...vector, after: runVector(kernels, vector) };
  });
}

/** What named streams give. */
export function streamVectors(): unknown {
  const key = streamKey(1, 'weights/0/kernel');
  return {
    key: { seed: 1, name: 'weights/0/kernel', words: key },
    otherKey: { seed: 2 ** 31, name: 'shuffle', words: streamKey(2 ** 31, 'shuffle') },
    words: { key, counterHigh: 0, length: 6, words: [...philoxWords(6, key[0], key[1], 0)] },
    shuffles: [1, 2].map((draw) => ({
      key: streamKey(1, 'shuffle'),
      length: 12,
      draw,
      order: [...shuffledIndices(12, streamKey(1, 'shuffle'), draw)],
    })),
    normals: [false, true].map((truncated) => ({
      key,
      mean: 0,
      deviation: 0.05,
      truncated,
      values: hex(normals(6, key, { mean: 0, deviation: 0.05, truncated })).bytes,
    })),
  };
}

const dataset = syntheticDataset(50, 20);
const recipe: Recipe = syntheticRecipe({ epochs: 2 });

/** A whole training: its recipe, data, landmarks and the weights that it ends with. */
export async function trainingVector(kernels: Kernels): Promise<unknown> {
  return {
    recipe,
    data: {
      imageShape: dataset.imageShape,
      trainImages: hex(dataset.train.images).bytes,
      trainLabels: hex(dataset.train.labels).bytes,
      testImages: hex(dataset.test.images).bytes,
      testLabels: hex(dataset.test.labels).bytes,
    },
    ...(await trained(recipe, kernels)),
  };
}

/** Trainings with other options, on the data of the first. */
export async function optionTrainings(open: () => Promise<Kernels>): Promise<unknown[]> {
  const vectors: unknown[] = [];
  for (const own of optionRecipes) {
    vectors.push({ recipe: own, ...(await trained(own, await open())) });
  }
  return vectors;
}

async function trained(own: Recipe, kernels: Kernels): Promise<object> {
  const { result, weights } = await runTrial({
    kernels,
    plan: planTraining(own, dataset),
    dataset,
    seed: 1,
    now: () => 0,
    landmarks: true,
  });
  const { seed, digest, initialDigest, history, test, landmarks } = result;
  return {
    seed,
    initialDigest,
    landmarks,
    history,
    test,
    digest,
    weights: Buffer.from(weightBytes(weights)).toString('hex'),
  };
}
