import { readFileSync } from 'node:fs';
import { describeEngines, type SequentialConfig } from '@labproof/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { ClassFolder } from '../support/class-folder.ts';
import { CLASSES, PIXELS, dense } from '../../../submission/test/support/lab.ts';
import {
  editedModel,
  modelFiles,
  network,
  seeingWeights,
} from '../../../submission/test/support/models.ts';

/** Numbers between −½ and ½ that use all of their bits (a linear congruential generator, Numerical Recipes' constants). */
function numbers(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

const lengths = (...all: number[]): Float32Array[] =>
  all.map((length, index) => numbers(length, index + 1));

const convolution: SequentialConfig = {
  name: 'convolution',
  layers: [
    {
      class_name: 'Conv2D',
      config: { name: 'conv', filters: 5, kernel_size: 3, batch_input_shape: [null, 4, 4, 1] },
    },
    { class_name: 'BatchNormalization', config: { name: 'normalized' } },
    { class_name: 'Activation', config: { name: 'tanh', activation: 'tanh' } },
    { class_name: 'MaxPooling2D', config: { name: 'pool', pool_size: 2 } },
    { class_name: 'Flatten', config: { name: 'flat' } },
    dense(CLASSES, 'softmax', { name: 'output' }),
  ],
};

/** The perceptron with a layer beside it, in Keras 2's notation. */
function residual(folder: string): Map<string, Uint8Array> {
  const [kernel, bias, outKernel, outBias] = lengths(PIXELS * 8, 8, 8 * CLASSES, CLASSES);
  if (
    kernel === undefined ||
    bias === undefined ||
    outKernel === undefined ||
    outBias === undefined
  )
    throw new Error('too few arrays');
  const weights = [kernel, bias, outKernel, outBias];
  const from = (...names: string[]): unknown => [names.map((name) => [name, 0, 0, {}])];
  return editedModel(
    folder,
    ({ modelTopology }) => {
      const layer = (
        className: string,
        name: string,
        config: object,
        inbound: unknown,
      ): object => ({
        class_name: className,
        name,
        config: { name, ...config },
        inbound_nodes: inbound,
      });
      Object.assign(modelTopology.model_config, {
        class_name: 'Functional',
        config: {
          name: 'residual',
          layers: [
            layer('InputLayer', 'in', { batch_input_shape: [null, PIXELS] }, []),
            layer('Dense', 'hidden', { units: 8 }, from('in')),
            layer('Activation', 'squashed', { activation: 'sigmoid' }, from('hidden')),
            layer('Average', 'mean', {}, from('hidden', 'squashed', 'hidden')),
            layer('Dense', 'output', { units: CLASSES, activation: 'softmax' }, from('mean')),
          ],
          input_layers: [['in', 0, 0]],
          output_layers: [['output', 0, 0]],
        },
      });
    },
    weights,
  );
}

const hasNative = (await describeEngines()).some(
  ({ engine, available }) => engine === 'native' && available,
);

describe('the same class on both engines', () => {
  let folder: ClassFolder;
  beforeAll(() => {
    folder = new ClassFolder();
    const [linear, relu] = ['models/squares-linear', 'models/squares-relu'];
    const answers = '## Question 4\n\nThe accuracy is 0.90.\n\n## Question 6\n\nIt reaches 0.3.\n';
    const students: [string, Iterable<[string, Uint8Array]>][] = [
      ['perceptron', modelFiles(linear, network('linear'), seeingWeights())],
      [
        'untrained',
        modelFiles(relu, network('relu'), lengths(PIXELS * 8, 8, 8 * CLASSES, CLASSES)),
      ],
      [
        'convolution',
        modelFiles(linear, convolution, lengths(45, 5, 5, 5, 5, 5, 15, 3).map(positive)),
      ],
      ['residual', residual(relu)],
    ];
    for (const [student, files] of students) {
      folder.place(`class/${student}/answers.md`, answers);
      for (const [path, bytes] of files) folder.place(`class/${student}/${path}`, bytes);
    }
  });
  afterAll(() => folder.remove());

  it.skipIf(!hasNative)('gives the same bytes of grades.json', async () => {
    for (const engine of ['native', 'wasm'] as const) {
      const { grades } = await gradeBatch(folder.options({ engine, out: folder.at(engine) }));
      const evaluated = [...grades].map(({ models }) => models[0]?.evaluation?.misclassified);
      expect(evaluated.every((count) => count !== undefined)).toBe(true);
    }
    for (const file of ['grades.json', 'grades.csv', 'findings.json']) {
      expect(readFileSync(folder.at(`native/${file}`), 'utf8')).toBe(
        readFileSync(folder.at(`wasm/${file}`), 'utf8'),
      );
    }
  });
});

/** A variance is never negative; for the other arrays it is as good. */
function positive(array: Float32Array): Float32Array {
  return array.length === 5 ? array.map((value) => Math.abs(value) + 0.1) : array;
}
