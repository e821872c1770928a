import { createOracleKernels } from '@labproof/core';
import { type CheckSpec, type Lab, studentEdition } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { selfCheck } from '../src/self-check/self-check.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { text } from '../../submission/test/support/models.ts';
import { labWith } from './support/one-check.ts';
import { datasets } from './support/squares.ts';

describe('a self-check', () => {
  it.each([
    ['confusion-matrix', ['squares-linear']],
    ['misclassified-count', ['squares-linear']],
    ['recipe', []],
  ] as const)('of a lab with nothing but %s misses the models %j', async (kind, missing) => {
    const spec: CheckSpec = { kind, points: 1 };
    const whole: Lab = labWith(spec);
    const lab = studentEdition({
      ...whole,
      questions: whole.questions.filter(({ id }) => id === 'q4'),
    });
    const grade = await gradeSubmission({
      lab,
      files: filesInMemory(new Map([['answers.md', text('## Question 4\n\nIt is done.\n')]])),
      kernels: createOracleKernels(),
      datasets,
      student: 'jo',
    });
    expect(selfCheck(grade, lab).modelsMissing).toEqual(missing);
    expect(() => selfCheck(grade, whole)).toThrow(RangeError);
  });
});
