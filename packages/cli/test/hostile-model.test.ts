import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grade } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './harness.ts';

/** One convolution that is used again and again: 150 kB, and 580 million multiplications an image. */
const USES = 19;
const CHANNELS = 64;

const layer = (class_name: string, name: string, config: object, inbound: unknown[]): object => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes: inbound,
});
const convolution = {
  filters: CHANNELS,
  kernel_size: [3, 3],
  padding: 'same',
  activation: 'relu',
};
const WEIGHTS = [
  ['first/kernel', [3, 3, 1, CHANNELS]],
  ['first/bias', [CHANNELS]],
  ['same/kernel', [3, 3, CHANNELS, CHANNELS]],
  ['same/bias', [CHANNELS]],
  ['digits/kernel', [CHANNELS, 10]],
  ['digits/bias', [10]],
] as const;

const MODEL = {
  format: 'layers-model',
  modelTopology: {
    keras_version: '2.3\u001B[2J\u001B[1m\nnot evaluated: nothing',
    model_config: {
      class_name: 'Functional',
      config: {
        name: 'slow',
        layers: [
          layer('InputLayer', 'in', { batch_input_shape: [null, 28, 28, 1] }, []),
          layer('Conv2D', 'first', convolution, [[['in', 0, 0, {}]]]),
          layer('Conv2D', 'same', convolution, [
            [['first', 0, 0, {}]],
            ...Array.from({ length: USES - 1 }, (_, use) => [['same', use, 0, {}]]),
          ]),
          layer('GlobalAveragePooling2D', 'mean', {}, [[['same', USES - 1, 0, {}]]]),
          layer('Dense', 'digits', { units: 10, activation: 'softmax' }, [[['mean', 0, 0, {}]]]),
        ],
        input_layers: [['in', 0, 0]],
        output_layers: [['digits', 0, 0]],
      },
    },
    training_config: {
      loss: '\u001B[31mLOSS',
      optimizer_config: { class_name: '\r\u001B[K\u001B]0;x\u0007\u009B31mEVIL', config: {} },
    },
  },
  weightsManifest: [
    {
      paths: ['weights.bin'],
      weights: WEIGHTS.map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
    },
  ],
};

describe('a hostile model, by the command', () => {
  let folder: string;
  let model: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'labproof-model-'));
    model = join(folder, 'class', 'eve', 'models', 'mnist-cnn');
    mkdirSync(model, { recursive: true });
    const values = WEIGHTS.flatMap(([, shape]) =>
      Array.from(
        { length: [...shape].reduce<number>((size, side) => size * side, 1) },
        (_, at) => (at % 7) - 3,
      ),
    );
    writeFileSync(join(model, 'weights.bin'), new Uint8Array(Float32Array.from(values).buffer));
    writeFileSync(join(model, 'model.json'), JSON.stringify(MODEL));
    writeFileSync(join(folder, 'class', 'eve', 'answers.md'), '## Question 13\n\nacc 0.99\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('steers no terminal, one with colours neither, and writes no lines of its own', async () => {
    const { exitCode, out } = await runInProcess(['inspect', model], folder, {
      colour: true,
      interactive: true,
    });
    expect(exitCode).toBe(0);
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/u);
    expect(out).toContain('compiled with ');
    expect(out).toContain('EVIL');
    expect(out).not.toMatch(/^not evaluated: nothing/mu);
  });

  it('is the same data in JSON, with no control character in it', async () => {
    const { out } = await runInProcess(['inspect', model, '--json'], folder, { colour: true });
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/u);
    expect(JSON.parse(out)).toMatchObject({ kerasVersion: MODEL.modelTopology.keras_version });
  });

  it('is not evaluated for hours: what it decides waits for a person', async () => {
    const { exitCode, err } = await runInProcess(
      ['grade', join(folder, 'class'), '--lab', 'image-recognition', '--out', join(folder, 'out')],
      join(folder, 'cache'),
      { cores: 1 },
    );
    expect(err).not.toContain('our fault');
    expect(exitCode).toBe(0);
    const [grade] = JSON.parse(readFileSync(join(folder, 'out', 'grades.json'), 'utf8')) as Grade[];
    const outcome = grade?.outcomes.find(({ question }) => question === 'q13');
    expect(outcome).toMatchObject({ outcome: 'needs-review', points: 0, pending: 2 });
    expect(outcome?.message).toContain('was read and not evaluated');
  });
});
