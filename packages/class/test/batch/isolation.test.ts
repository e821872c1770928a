import type { ComparableGrade, Grade } from '@labproof/grader';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubmissionExecutor } from '../../src/processes/submission-executor.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { withoutFailing } from '../../src/results/without-failing.ts';
import { ClassFolder } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
  folder.placeSubmission('class/amy', '## Question 1\n\nSorting parcels.\n', false);
  folder.placeSubmission('class/eve', '## Question 1\n\nSorting letters.\n', false);
});
afterEach(() => folder.remove());

/** Grades as always, and changes what comes of one student. */
function tampering(
  change: (grade: Grade) => Grade,
  models?: ComparableGrade['models'],
): SubmissionExecutor {
  return {
    grade: (work) =>
      processExecutor.grade({
        ...work,
        onGraded: (job, result) =>
          work.onGraded(
            job,
            job.student === 'eve' && result !== 'unchanged'
              ? { models: models ?? result.models, grade: change(result.grade) }
              : result,
          ),
      }),
  };
}

describe('one grade that cannot be kept', () => {
  it.each([
    [
      'the grade of another student',
      (grade: Grade) => ({ ...grade, student: '../../pwned' }),
      'grade-of-another',
    ],
    [
      'the grade of another lab',
      (grade: Grade) => ({ ...grade, lab: { ...grade.lab, id: 'x' } }),
      'grade-of-another',
    ],
    [
      'a grade without end',
      (grade: Grade) => ({
        ...grade,
        answers: [{ question: null, heading: '', text: '\u0001'.repeat(2 ** 24) }],
      }),
      'grade-not-writable',
    ],
  ])('takes no other with it: %s', async (_, change, code) => {
    const result = await gradeBatch(folder.options({ executor: tampering(change) }));
    const grades = [...result.grades];
    expect(grades.map(({ student, status }) => `${student} ${status}`)).toEqual([
      'amy needs-review',
      'eve broken',
    ]);
    expect(grades[1]).toMatchObject({ score: null, problem: { code } });
  });

  it('answers of all files together have a bound', async () => {
    for (const part of ['a', 'b', 'c']) {
      folder.place(`class/zed/q1-${part}.md`, `## Question 1\n\n${'\u0001'.repeat(2 ** 20)}x\n`);
    }
    const result = await gradeBatch(folder.options());
    const [amy, , zed] = [...result.grades];
    expect(amy?.status).toBe('needs-review');
    expect(JSON.stringify(zed).length).toBeLessThan(2 ** 26);
    expect(JSON.stringify(zed)).toContain('too many characters for all answers together');
  });
});

/** A model's traits that no model has: looking at them throws. */
const unusable = { exercise: 'squares-linear', digest: 'x', units: null, predicted: 5 };

describe('a stage that throws at one student', () => {
  beforeEach(() => {
    folder.placeSubmission('class/zed', '## Question 1\n\nSorting plates.\n', true);
  });

  it.each<[string, SubmissionExecutor]>([
    ['putting together', tampering((grade) => ({ ...grade, outcomes: [null as never] }))],
    ['keeping', tampering((grade) => grade, [{ ...unusable, units: 1n } as never])],
  ])('leaves all others as they are: %s', async (_, executor) => {
    const result = await gradeBatch(folder.options({ executor }));
    const told = [...result.grades].map(({ student, status }) => `${student} ${status}`);
    expect(told).toEqual(['amy needs-review', 'eve broken', 'zed needs-review']);
    expect(result.summaries.map(({ status }) => status)).toEqual([
      'needs-review',
      'broken',
      'needs-review',
    ]);
    const [, eve] = result.grades;
    expect(eve?.problem?.code).toBe('grade-stage-failed');
    expect(readFileSync(folder.at('out/grades.csv'), 'utf8')).toContain('zed');
    expect(JSON.parse(readFileSync(folder.at('out/grades.json'), 'utf8'))).toHaveLength(3);
  });

  it('leaves all others as they are: comparing', async () => {
    folder.placeSubmission('class/ben', '## Question 1\n\nSorting plates.\n', true);
    const executor = tampering((grade) => grade, [unusable as never]);
    const result = await gradeBatch(folder.options({ executor }));
    expect([...result.grades].map(({ status }) => status)).not.toContain('broken');
    expect(result.notes.filter(({ message }) => message.includes('compared'))).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^eve could not be compared with the others/u),
      }),
    ]);
    // Who has one model with another is found all the same.
    expect(result.findings.map(({ students }) => students)).toContainEqual(['ben', 'zed']);
  });

  it('is found among many', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const left: number[] = [];
    const bad = new Set([0, 17, 18, 99]);
    const sum = withoutFailing(
      items,
      (some) => {
        if (some.some((item) => bad.has(item))) throw new TypeError('bad');
        return some.length;
      },
      (item) => left.push(item),
    );
    expect(sum).toBe(96);
    expect(left).toEqual([...bad]);
    const nothing = withoutFailing(
      [1],
      () => {
        throw new TypeError('all');
      },
      () => undefined,
    );
    expect(nothing).toBeNull();
  });
});
