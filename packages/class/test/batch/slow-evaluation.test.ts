// Runs alone: it starts processes that are ended for their time.
import { dense, PIXELS } from '../../../submission/test/support/lab.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { gradebookEntries } from '../../src/gradebook/gradebook-entry.ts';
import { squares } from '../../../grader/test/support/squares.ts';
import { modelFiles } from '../../../submission/test/support/models.ts';
import { ClassFolder } from '../support/class-folder.ts';

/** Six convolutions over an image that was made large: small to hand in, within every limit on a model. */
const CHANNELS = 64;
const CONVOLUTIONS = 6;
const convolution = {
  class_name: 'Conv2D',
  config: {
    filters: CHANNELS,
    kernel_size: [3, 3],
    padding: 'same',
    activation: 'relu',
  },
};
const slow = {
  name: 'net',
  layers: [
    {
      class_name: 'Reshape',
      config: { target_shape: [4, 4, 1], batch_input_shape: [null, PIXELS] },
    },
    { class_name: 'ZeroPadding2D', config: { padding: [20, 20] } },
    ...Array.from({ length: CONVOLUTIONS }, () => convolution),
    { class_name: 'GlobalAveragePooling2D', config: {} },
    dense(3, 'softmax'),
  ],
};
const weights = [
  ...Array.from({ length: CONVOLUTIONS }, (_, index) => [
    new Float32Array(9 * (index === 0 ? 1 : CHANNELS) * CHANNELS),
    new Float32Array(CHANNELS),
  ]).flat(),
  new Float32Array(CHANNELS * 3),
  new Float32Array(3),
];

/** So many images that no machine is done with them when the time is over. */
const TIMES = 1000;
function repeated<Array extends Uint8Array>(values: Array): Uint8Array {
  const all = new Uint8Array(values.length * TIMES);
  for (let time = 0; time < TIMES; time += 1) all.set(values, time * values.length);
  return all;
}
const { count, images, labels } = squares.test;
const many = {
  ...squares,
  test: { count: count * TIMES, images: repeated(images), labels: repeated(labels) },
};

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

it('leaves a model that is evaluated for too long to a person: no fault of ours, and no zero', async () => {
  folder.place(
    'class/eve/answers.md',
    '## Question 2\n\nAbout 5 seconds.\n\n## Question 4\n\nThe accuracy is 0.9.\n',
  );
  for (const [path, bytes] of modelFiles('models/squares-linear', slow, weights)) {
    folder.place(`class/eve/${path}`, bytes);
  }
  const result = await gradeBatch(
    folder.options({
      executor: processExecutor,
      jobs: 1,
      timeLimit: 5,
      limits: { model: { evaluationWork: 1e18 } },
      loadDataset: async () => many,
    }),
  );
  const [eve] = result.grades;
  expect(eve).toMatchObject({ status: 'needs-review', score: 1, problem: null });
  expect(
    eve?.outcomes.flatMap(({ checks }) =>
      checks.flatMap(({ code, outcome, points }) =>
        code === undefined ? [] : [[code, outcome, points]],
      ),
    ),
  ).toEqual([
    ['evaluation-stopped', 'needs-review', null],
    ['evaluation-stopped', 'needs-review', null],
  ]);
  // Its points wait, as any that a person gives; the rest can be exported meanwhile.
  const { entries, stops } = gradebookEntries({
    grades: [...result.grades],
    roster: null,
    unfinished: 'as-is',
  });
  expect(stops).toEqual([]);
  expect(entries.map(({ points }) => points)).toEqual([1]);
});
