import { createOracleKernels } from '@labproof/core';
import {
  DEFAULT_LIMITS,
  filesInMemory,
  type ReadModel,
  readModel,
  workAnImage,
} from '@labproof/submission';
import { describe, expect, it } from 'vitest';
import { EvaluationBudget } from '../src/evaluation/evaluation-budget.ts';
import type { Grade } from '../src/grade/grade.ts';
import { openTensorFlow } from '../src/evaluation/open-tensorflow.ts';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { dense, lab, PIXELS } from '../../submission/test/support/lab.ts';
import { modelFiles, text } from '../../submission/test/support/models.ts';
import { datasets } from './support/squares.ts';

/** A network of the lab's size that is used again and again: cheap to hand in and dear to evaluate. */
const dear = {
  name: 'net',
  layers: [
    dense(PIXELS, 'relu', { batch_input_shape: [null, PIXELS] }),
    ...Array.from({ length: 60 }, () => dense(PIXELS, 'relu')),
    dense(3, 'softmax'),
  ],
};
const weightsOf = (count: number): Float32Array[] => [
  ...Array.from({ length: count }, () => [
    new Float32Array(PIXELS * PIXELS),
    new Float32Array(PIXELS),
  ]).flat(),
  new Float32Array(3 * PIXELS),
  new Float32Array(3),
];

async function graded(evaluationWork: number): Promise<Grade> {
  const { submission, answers, model } = DEFAULT_LIMITS;
  return gradeSubmission({
    lab,
    files: filesInMemory(
      new Map([
        ['answers.md', text('## Question 4\n\nThe accuracy is 0.9.\n')],
        ...modelFiles('models/squares-linear', dear, weightsOf(61)),
        ...modelFiles('models/squares-relu', dear, weightsOf(61)),
      ]),
    ),
    limits: { submission, answers, model: { ...model, evaluationWork } },
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
  });
}

describe('the budget of evaluations', () => {
  it('leaves to a person what it does not reach for, and says what it would take', async () => {
    const grade = await graded(1);
    const checks = grade.outcomes.flatMap((outcome) => outcome.checks);
    const cut = checks.filter(({ message }) => message.includes('steps of arithmetic'));
    expect(cut.length).toBeGreaterThan(0);
    expect(new Set(cut.map(({ outcome, points }) => `${outcome} ${points}`))).toEqual(
      new Set(['needs-review null']),
    );
    expect(grade.models.map(({ evaluation, digest }) => [evaluation, digest !== null])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(grade.status).toBe('needs-review');
  });

  it('is taken once for equal models, whatever they are called', async () => {
    const model = await readModelOf(dear);
    const work = workAnImage(model.plan) * (datasets.get('squares')?.test.count ?? 0);
    // Enough for one of the two, which are one network under two names.
    const { models } = await graded(work);
    expect(models.map(({ evaluation }) => evaluation !== null)).toEqual([true, true]);
  });

  it('is one for all models of a submission', async () => {
    const model = await readModelOf(dear);
    const budget = new EvaluationBudget(15 * workAnImage(model.plan));
    expect(budget.take(model, 10)).toBeNull();
    expect(budget.take(model, 6)).toMatchObject({
      code: 'evaluation-budget',
      message: expect.stringContaining('of which its other models have taken') as unknown,
    });
    expect(budget.take(model, 5)).toBeNull();
  });
});

async function readModelOf(net: typeof dear): Promise<ReadModel> {
  const model = await readModel(
    {
      exercise: 'net',
      rivalOf: null,
      path: 'models/net/model.json',
      format: 'tfjs-layers-model',
      refused: null,
      found: [],
    },
    filesInMemory(new Map(modelFiles('models/net', net, weightsOf(61)))),
    { limits: DEFAULT_LIMITS.model, openForeign: openTensorFlow },
  );
  if (model.state === 'refused') throw new Error(model.refusal.message);
  return model;
}
