import { createOracleKernels } from '@labproof/core';
import { DEFAULT_LIMITS, filesInMemory } from '@labproof/submission';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../src/grade/grade.ts';
import { gradeSubmission } from '../src/grade/grade-submission.ts';
import { GradeSchema } from '../src/grade/grade.ts';
import type { StoppedWork, WorkPiece } from '../src/checks/stopped-work.ts';
import { unreadGrade } from '../src/grade/whole-grade.ts';
import { lab } from '../../submission/test/support/lab.ts';
import { modelFiles, network, seeingWeights, text } from '../../submission/test/support/models.ts';
import { datasets } from './support/squares.ts';

const MODEL = 'models/squares-linear';
const TOOK = 'more than the 300 seconds that grading may take';

async function graded(
  stopped: readonly StoppedWork[],
  onWork?: (piece: WorkPiece | null) => void,
): Promise<Grade> {
  return gradeSubmission({
    lab,
    files: filesInMemory(
      new Map([
        ['answers.md', text('## Question 4\n\nThe test accuracy is 0.900.\n')],
        ...modelFiles(MODEL, network('linear'), seeingWeights()),
      ]),
    ),
    limits: DEFAULT_LIMITS,
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
    stopped,
    ...(onWork === undefined ? {} : { onWork }),
  });
}

function checksOf(grade: Grade, question: string): unknown[] {
  const checks = grade.outcomes.find((outcome) => outcome.question === question)?.checks ?? [];
  return checks.map(({ outcome, points, code }) => [outcome, points, code]);
}

describe('work that was ended from outside', () => {
  it('is told as it begins, each piece within the one that needs it', async () => {
    const told: (WorkPiece | null)[] = [];
    await graded([], (piece) => told.push(piece));
    const at = told.findIndex((piece) => piece?.kind === 'evaluation');
    const check = { kind: 'check', question: 'q4', check: 1 };
    expect(told.slice(at - 1, at + 3)).toEqual([
      check,
      { kind: 'evaluation', path: `${MODEL}/model.json`, hidden: false },
      check,
      null,
    ]);
    expect(told.at(-1)).toBeNull();
  });

  it('leaves one check to a person, with a code, and the others as they are', async () => {
    const grade = await graded([
      { piece: { kind: 'check', question: 'q4', check: 1 }, took: TOOK },
    ]);
    expect(checksOf(grade, 'q4')).toEqual([
      ['passed', 1, undefined],
      ['needs-review', null, 'check-stopped'],
      ['passed', 1, undefined],
      ['failed', 0, undefined],
    ]);
    expect(grade).toMatchObject({ status: 'needs-review', score: 2, pending: 2, problem: null });
    expect(grade.outcomes[3]?.message).toContain(TOOK);
  });

  it('leaves to a person whatever needs an evaluation that does not end', async () => {
    const path = `${MODEL}/model.json`;
    const grade = await graded([
      { piece: { kind: 'evaluation', path, hidden: false }, took: TOOK },
    ]);
    expect(checksOf(grade, 'q4')).toEqual([
      ['passed', 1, undefined],
      ['needs-review', null, 'evaluation-stopped'],
      ['needs-review', null, 'evaluation-stopped'],
      ['failed', 0, undefined],
    ]);
    expect(grade.models[0]).toMatchObject({ path, evaluation: null, refused: null });
  });

  it('leaves all to a person where a submission is given up, and nothing is a zero', () => {
    const problem = { code: 'submission-takes-too-much', message: 'Too much.', fix: 'Less.' };
    const grade = unreadGrade({ lab, student: 'jo', name: null }, problem);
    expect(GradeSchema.parse(grade)).toMatchObject({
      status: 'needs-review',
      score: 0,
      pending: grade.max,
      problem,
    });
    expect(grade).not.toHaveProperty('refusal');
  });
});
