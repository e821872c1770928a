import { createOracleKernels } from '@labproof/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../src/grade/grade.ts';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { text } from '../../submission/test/support/models.ts';
import { datasets } from './support/squares.ts';
import {
  answers,
  check,
  graded,
  submission as plain,
  summary,
} from './support/whole-submission.ts';

/** Loss of the seeing weights on the squares, as the grader measures it. */
let loss = '';
beforeAll(async () => {
  const { models } = await graded(plain());
  loss = String(models[0]?.evaluation?.loss.toFixed(4));
});

const submission = (): Map<string, Uint8Array> =>
  plain({ q4: `The accuracy is 0.90 and the loss ${loss}.` });

describe('a complete submission', () => {
  it('earns everything that can be decided, and says what waits', async () => {
    const grade = await graded(submission());
    expect(summary(grade)).toEqual([
      'q1 needs-review 0',
      'q2 passed 1',
      'q3 passed 1',
      'q4 passed 5',
      'q5 passed 1',
      'q6 passed 2',
    ]);
    expect(grade).toMatchObject({
      score: 10,
      pending: 2,
      max: 12,
      status: 'needs-review',
      problem: null,
    });
    expect(grade.models.map(({ evaluation }) => evaluation?.accuracy)).toEqual([0.9, 0.9]);
    expect(grade.files.map(({ path, role }) => `${path} ${role}`)).toContain('answers.md answers');
    expect(grade.provenance.submissionDigest).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('is examined with the model that was handed in, where a question allows several', async () => {
    const files = submission();
    for (const path of files.keys())
      if (path.startsWith('models/squares-linear')) files.delete(path);
    const questions = lab.questions.map((question) =>
      question.id === 'q4' ? { ...question, alternatives: ['squares-relu'] } : question,
    );
    const strict = await graded(files);
    const lenient = await graded(files, { ...lab, questions });
    // The layers are those of the alternative, and not those of the question's first exercise.
    for (const name of ['architecture', 'claim-against-weights:accuracy']) {
      expect(check(lenient, 'q4', name).outcome).toBe('passed');
      expect(check(strict, 'q4', name).outcome).not.toBe('passed');
    }
  });

  it('gives the same grade again', async () => {
    expect(await graded(submission())).toEqual(await graded(submission()));
  });
});

describe('what is handed in', () => {
  it('refuses an empty submission as a whole', async () => {
    const grade = await graded(new Map());
    expect(grade).toMatchObject({
      status: 'refused',
      refusal: 'everything',
      score: 0,
      pending: 0,
      problem: { code: 'submission-empty' },
    });
    expect(
      grade.outcomes.every(({ outcome, points }) => outcome === 'refused' && points === 0),
    ).toBe(true);
  });

  it('tells answers that cannot be read from a submission of which nothing can', async () => {
    const content = submission();
    content.delete('answers.md');
    content.set('answers.docx', text('x'));
    const refused = await graded(content);
    expect(refused).toMatchObject({ status: 'refused', refusal: 'answers', pending: 0 });
    for (const path of [...content.keys()]) if (path !== 'answers.docx') content.delete(path);
    const nothing = await graded(content);
    expect(nothing).toMatchObject({ status: 'refused', refusal: 'everything', score: 0 });
    expect(refusalOf({ ...refused, refusal: undefined, score: 3 })).toBe('answers');
    expect(refusalOf({ ...refused, refusal: undefined, score: 0 })).toBe('everything');
    expect(refusalOf({ status: 'final', score: 3 })).toBeNull();
  });

  it('tells missing answers from refused ones', async () => {
    const content = submission();
    content.delete('answers.md');
    expect((await graded(content)).outcomes[0]?.outcome).toBe('missing');
    content.set('answers.docx', text('x'));
    expect((await graded(content)).outcomes[0]).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('answers.docx'),
    });
  });

  it('gives a model without a telling name to the exercise whose layers it has', async () => {
    const content = submission();
    for (const name of ['model.json', 'weights.bin']) {
      content.set(
        `models/my net/${name}`,
        content.get(`models/squares-relu/${name}`) ?? new Uint8Array(),
      );
      content.delete(`models/squares-relu/${name}`);
    }
    const grade = await graded(content);
    expect(summary(grade)[5]).toBe('q6 passed 2');
    expect(grade.files.find(({ path }) => path === 'models/my net/model.json')?.matched).toEqual([
      'squares-relu',
    ]);
  });

  it('reads training histories, and says when one cannot be read', async () => {
    const content = submission();
    content.set(
      'histories/squares-linear.csv',
      text(
        'epoch,value,metric,data\n1,0.5,loss,training\n2,0.4,loss,training\n1,0.8,acc,training\n2,0.9,acc,training\n1,0.6,loss,validation\n2,0.5,loss,validation\n1,0.7,acc,validation\n2,0.8,acc,validation\n',
      ),
    );
    content.set('histories/squares-relu.json', text('{"loss": [0.5, "x"]}'));
    const grade = await graded(content);
    expect(grade.models[0]?.history).toEqual([
      { epoch: 1, loss: 0.5, accuracy: 0.8, valLoss: 0.6, valAccuracy: 0.7 },
      { epoch: 2, loss: 0.4, accuracy: 0.9, valLoss: 0.5, valAccuracy: 0.8 },
    ]);
    expect(grade.models[1]?.history).toBeNull();
    expect(grade.files.find(({ path }) => path === 'histories/squares-relu.json')?.why).toContain(
      'cannot be read',
    );
  });

  it('keeps text that belongs to no question', async () => {
    const content = submission();
    content.set(
      'answers.md',
      Uint8Array.from([
        ...text('# My report\n\n<script>alert(1)</script> hello\n\n'),
        ...answers(),
      ]),
    );
    expect((await graded(content)).answers[0]).toMatchObject({
      question: null,
      text: expect.stringContaining('hello'),
    });
  });

  it('breaks one check and no other when something of ours fails', async () => {
    const content = filesInMemory(submission());
    const kernels = {
      ...createOracleKernels(),
      matmul: () => {
        throw new Error('boom');
      },
    };
    const grade = await gradeSubmission({ lab, files: content, kernels, datasets, student: 'jo' });
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'broken',
      points: null,
      message: expect.stringContaining('boom'),
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    expect(grade.outcomes[2]?.outcome).toBe('passed');
    expect(grade.score).toBeNull();
  });

  it.each([
    [
      { kind: 'word-cuont', points: 1 },
      'There is no check "word-cuont". Did you mean "word-count"?',
    ],
    [{ kind: 'word-count', points: 1 }, 'A check "word-count" of the lab is not as it should be'],
  ])('breaks a check that nobody examined when the lab was opened: %j', async (spec, problem) => {
    const questions = lab.questions.map((question) =>
      question.id === 'q1' ? { ...question, checks: [spec] } : question,
    );
    const grade = await graded(submission(), { ...lab, questions });
    const [outcome] = grade.outcomes[0]?.checks ?? [];
    expect(outcome).toMatchObject({ check: spec.kind, outcome: 'broken', points: null });
    expect(`${outcome?.message} ${outcome?.advice}`).toContain(problem.split('. ')[0]);
    expect(grade).toMatchObject({ score: null, status: 'broken' });
    expect(grade.outcomes[5]?.outcome).toBe('passed');
  });
});
