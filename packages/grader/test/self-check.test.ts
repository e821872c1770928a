import { createOracleKernels } from '@labproof/core';
import { type CheckSpec, isOpenExercise, type Lab, studentEdition } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { checkKinds } from '../src/checks/registry.ts';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { type SelfCheck, selfCheck } from '../src/self-check/self-check.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { text } from '../../submission/test/support/models.ts';
import { labWith, MODEL } from './support/one-check.ts';
import { datasets } from './support/squares.ts';
import { code } from './support/training-code.ts';

/** The test lab with nothing but the fourth question, and these checks. */
function labOf(...checks: CheckSpec[]): Lab {
  const [first = { kind: 'plot', points: 1 }] = checks;
  const lab = labWith(first);
  const questions = lab.questions.filter(({ id }) => id === 'q4');
  return { ...lab, questions: questions.map((question) => ({ ...question, checks })) };
}

async function checked(
  lab: Lab,
  answer: string,
  models: Iterable<readonly [string, Uint8Array]>,
): Promise<SelfCheck> {
  const grade = await gradeSubmission({
    lab,
    files: filesInMemory(
      new Map([['answers.md', text(`## Question 4\n\n${answer}\n`)], ...models]),
    ),
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
  });
  return selfCheck(grade, lab);
}

describe('a self-check', () => {
  it.each([
    ['confusion-matrix', ['squares-linear']],
    ['misclassified-count', ['squares-linear']],
    ['recipe', []],
  ] as const)('of a lab with nothing but %s misses the models %j', async (kind, missing) => {
    const whole = labOf({ kind, points: 1 });
    const lab = studentEdition(whole, checkKinds);
    expect((await checked(lab, 'It is done.', [])).modelsMissing).toEqual(missing);
    await expect(checked(whole, 'It is done.', [])).rejects.toThrow(RangeError);
  });

  it('leaves to grading what is held to a recipe that the edition keeps to itself', async () => {
    const checks: CheckSpec[] = [
      { kind: 'metric-in-band', points: 1 },
      { kind: 'recipe', points: 1, aspects: ['optimizer'] },
      { kind: 'history', points: 1 },
    ];
    const statesOf = async (lab: Lab): Promise<(string | undefined)[]> => {
      const edition = studentEdition(lab, checkKinds);
      const [question] = (await checked(edition, code(), MODEL)).questions;
      return question?.checks.map(({ state }) => state) ?? [];
    };
    // The exercise is the students' own to design, so the edition holds another recipe in its place.
    expect(await statesOf(labOf(...checks))).toEqual(['fine', 'reader', 'reader']);
    const held = labOf({ kind: 'architecture', points: 1 }, ...checks);
    expect(await statesOf(held)).toEqual(['fine', 'fine', 'fine', 'missing']);
  });
});

describe('an exercise', () => {
  const [exercise] = labOf().exercises;
  it.each([
    [['metric-in-band'], true],
    [['parameter-count'], true],
    [['metric-in-band', 'recipe'], true],
    [['metric-in-band', 'architecture'], false],
    [['metric-in-band', 'code-topology'], false],
    [['confusion-matrix'], false],
    [['plot'], false],
  ])('with the checks %j is open: %s', (kinds, open) => {
    if (exercise === undefined) throw new Error('a lab without exercises');
    const lab = labOf(...kinds.map((kind): CheckSpec => ({ kind, points: 1 })));
    expect(isOpenExercise(exercise, lab, checkKinds)).toBe(open);
  });
});

describe('a student edition', () => {
  it('is not made of a check that nobody knows', () => {
    const lab = labOf({ kind: 'telepathy', points: 1, secret: 'kept' });
    expect(() => studentEdition(lab, checkKinds)).toThrow(RangeError);
  });
});
