import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SequentialConfig } from '@labproof/core';
import { z } from 'zod';
import { modelFiles } from '../../submission/test/support/models.ts';
import { dense, pictures, split } from './bars-lab.ts';
import { runInProcess } from './harness.ts';

/** Every 17th label of the test images is wrong, so that nobody gets above 32 of 34: 94.12 %. */
const WRONG = 17;

const DATA = { train: pictures(80, 1000), test: pictures(34, WRONG) };

const network = (units: number, activation: string): SequentialConfig => ({
  name: 'bars',
  layers: [dense(units, activation, { batch_input_shape: [null, 4] })],
});

const exercise = (id: string, model: SequentialConfig, loss: string): object => ({
  id,
  title: id,
  recipe: {
    dataset: 'bar-images',
    inputShape: [4],
    inputScale: '1/255',
    model,
    loss,
    optimizer: { class_name: 'SGD', learning_rate: 0.5, momentum: 0, nesterov: false, decay: 0 },
    batchSize: 10,
    epochs: 6,
    validation: { from: 'none' },
    shuffle: true,
  },
});

const question = (number: number, of: string, checks: readonly object[]): object => ({
  id: `q${number}`,
  number,
  title: `Part ${number}`,
  prompt: 'Train the network, hand it in, and say what it does on the test images.',
  exercise: of,
  checks,
});

const CHECKS = [
  { kind: 'architecture', points: 1 },
  { kind: 'metric-in-band', points: 2 },
  { kind: 'claim-against-weights', metric: 'accuracy', points: 2 },
  { kind: 'confusion-matrix', points: 2 },
  { kind: 'misclassified-count', points: 1 },
];

const LAB = {
  id: 'two-bars',
  title: 'Two kinds of bars',
  version: '1.0.0',
  datasets: [
    {
      id: 'bar-images',
      title: 'Bars',
      credit: 'nobody',
      classes: ['above', 'below'],
      imageShape: [2, 2, 1],
      train: split(80, DATA.train, 'train'),
      test: split(34, DATA.test, 'test'),
    },
  ],
  exercises: [
    exercise('one-output', network(1, 'sigmoid'), 'binary_crossentropy'),
    exercise('two-outputs', network(2, 'softmax'), 'sparse_categorical_crossentropy'),
  ],
  questions: [question(1, 'one-output', CHECKS), question(2, 'two-outputs', CHECKS)],
};

/** What tells bright below from bright above, `sure` times over; one output is for "below". */
const one = (sure: number): Float32Array[] => [
  Float32Array.of(-sure, -sure, sure, sure),
  Float32Array.of(0),
];
const two = (sure: number): Float32Array[] => [
  Float32Array.of(sure, -sure, sure, -sure, -sure, sure, -sure, sure),
  Float32Array.of(0, 0),
];

const Grades = z.array(
  z.looseObject({
    student: z.string(),
    score: z.number(),
    status: z.string(),
    outcomes: z.array(
      z.looseObject({
        question: z.string(),
        checks: z.array(
          z.looseObject({ check: z.string(), outcome: z.string(), message: z.string() }),
        ),
      }),
    ),
    models: z.array(
      z.looseObject({
        exercise: z.string(),
        evaluation: z.looseObject({
          accuracy: z.number(),
          confusion: z.array(z.array(z.number())),
        }),
      }),
    ),
  }),
);

describe('a lab of two classes', () => {
  let work: string;
  const run = (...args: string[]) =>
    runInProcess(['--labs', join(work, 'labs', 'two-bars'), ...args], join(work, 'cache'));
  const place = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  };
  const handIn = async (student: string, sure: number, accuracy: string): Promise<void> => {
    const matrix = '| | above | below |\n|---|---|---|\n| above | 16 | 1 |\n| below | 1 | 16 |';
    const answer = `The test accuracy is ${accuracy}, so 2 images are misclassified.\n\n${matrix}`;
    await place(
      `class/${student}/answers.md`,
      `## Question 1\n\n${answer}\n\n## Question 2\n\n${answer}\n`,
    );
    for (const [path, bytes] of [
      ...modelFiles(`class/${student}/models/one-output`, network(1, 'sigmoid'), one(sure)),
      ...modelFiles(`class/${student}/models/two-outputs`, network(2, 'softmax'), two(sure)),
    ]) {
      await place(path, bytes);
    }
  };
  let grades: z.infer<typeof Grades>;
  const of = (student: string): z.infer<typeof Grades>[number] => {
    const grade = grades.find((candidate) => candidate.student === student);
    if (grade === undefined) throw new Error(`no grade of ${student}`);
    return grade;
  };
  const outcomes = (student: string, check: string): string[] =>
    of(student).outcomes.map(
      ({ checks }) => checks.find((one) => one.check === check)?.outcome ?? 'not there',
    );

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-two-class-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    await place('labs/two-bars/lab.json', JSON.stringify(LAB));
    await place('labs/two-bars/introduction.md', 'Learn to see bars.\n');
    for (const [name, part] of Object.entries(DATA)) {
      await place(`files/${name}-images`, part.images);
      await place(`files/${name}-labels`, part.labels);
    }
    await run('datasets', 'add', 'bar-images', join(work, 'files'));
    const calibrated = await run('calibrate', 'two-bars', '--trials', '5', '--jobs', '1');
    expect(calibrated.exitCode, calibrated.err).toBe(0);
    await handIn('amy', 3, '0.9412');
    await handIn('bob', 3, '0.9706');
    await handIn('cai', 0, '0.9412');
    const graded = await run(
      'grade',
      join(work, 'class'),
      '--lab',
      'two-bars',
      '--out',
      join(work, 'out'),
    );
    expect(graded.exitCode, graded.err).toBe(0);
    grades = Grades.parse(JSON.parse(await readFile(join(work, 'out', 'grades.json'), 'utf8')));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('measures one sigmoid and two softmax outputs alike, and 94 % is no guessing', () => {
    for (const { evaluation } of of('amy').models) {
      expect(evaluation.accuracy).toBeCloseTo(32 / 34, 6);
      expect(evaluation.confusion).toEqual([
        [16, 1],
        [1, 16],
      ]);
    }
    expect(of('amy')).toMatchObject({ score: 16, status: 'final' });
    for (const { checks } of of('amy').outcomes) {
      expect(checks.map(({ outcome }) => outcome)).toEqual(CHECKS.map(() => 'passed'));
    }
  });

  it('tells a claim of another model', () => {
    expect(outcomes('bob', 'claim-against-weights:accuracy')).toEqual(['failed', 'failed']);
    expect(outcomes('bob', 'confusion-matrix')).toEqual(['passed', 'passed']);
  });

  it('tells a model that guesses, whatever is claimed of it', () => {
    expect(outcomes('cai', 'claim-against-weights:accuracy')).toEqual(['failed', 'failed']);
    expect(outcomes('cai', 'metric-in-band')).toEqual(['failed', 'failed']);
    expect(
      of('cai')
        .outcomes.flatMap(({ checks }) => checks.map(({ message }) => message))
        .join(' '),
    ).toContain('about what guessing gives (50');
  });

  it('is shown with its own classes on the pages', async () => {
    const page = await readFile(join(work, 'out', 'amy', 'report.html'), 'utf8');
    // Fonts are embedded, and are no words.
    const words = page.replaceAll(/base64,[\w+/=]+/gu, '');
    for (const word of ['above', 'below', '94.12']) expect(words.includes(word), word).toBe(true);
    expect(/MNIST|handwritten|digits 0/iu.exec(words)?.[0]).toBeUndefined();
    const whole = await readFile(join(work, 'out', 'index.html'), 'utf8');
    expect(whole.includes('amy/report.html')).toBe(true);
  });
});
