import type { Grade } from '@labproof/grader';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubmissionExecutor } from '../../src/processes/submission-executor.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { ClassFolder } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
  folder.placeSubmission('class/amy', '## Question 1\n\nSorting parcels.\n', false);
  folder.placeSubmission('class/eve', '## Question 1\n\nSorting letters.\n', false);
});
afterEach(() => folder.remove());

/** Grades as always, and changes what comes of one student. */
function tampering(change: (grade: Grade) => Grade): SubmissionExecutor {
  return {
    grade: (work) =>
      processExecutor.grade({
        ...work,
        onGraded: (job, result) =>
          work.onGraded(
            job,
            job.student === 'eve' && result !== 'unchanged'
              ? { ...result, grade: change(result.grade) }
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
