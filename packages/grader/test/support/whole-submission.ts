import { createOracleKernels } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { gradeSubmission } from '../../src/grade/grade-submission.ts';
import { type Grade, GradeSchema } from '../../src/grade/grade.ts';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { filesInMemory } from '../../../submission/src/files/submission-files.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import {
  modelFiles,
  network,
  seeingWeights,
  text,
} from '../../../submission/test/support/models.ts';
import { png } from '../../../submission/test/support/pictures.ts';
import { datasets } from './squares.ts';

export const ANSWERS = {
  q1: 'Sorting parcels by shape helps the post office.',
  q2: 'About 5 seconds.',
  q3: '![history](plots/q3.png)',
  q4: 'The accuracy is 0.90.',
  q5: '![history](plots/q5.png)',
  q6: 'It reaches an accuracy of 90 %.',
};

type Changes = Partial<Record<keyof typeof ANSWERS, string>>;

/** Answers to every question, as one document. */
export function answers(changes: Changes = {}): Uint8Array {
  return text(
    Object.entries({ ...ANSWERS, ...changes })
      .map(([id, answer]) => `## Question ${id.slice(1)}\n\n${answer}\n`)
      .join('\n'),
  );
}

/** All that the test lab asks for: answers, plots, and models that reach 0.9. */
export function submission(changes: Changes = {}): Map<string, Uint8Array> {
  return new Map([
    ['answers.md', answers(changes)],
    ['plots/q3.png', png()],
    ['plots/q5.png', png({ shade: 90 })],
    ...modelFiles('models/squares-linear', network('linear'), seeingWeights()),
    ...modelFiles('models/squares-relu', network('relu'), seeingWeights()),
  ]);
}

export async function graded(
  content: ReadonlyMap<string, Uint8Array>,
  over: Lab = lab,
): Promise<Grade> {
  const grade = await gradeSubmission({
    lab: over,
    files: filesInMemory(content),
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
  });
  return GradeSchema.parse(grade);
}

export function check(grade: Grade, question: string, name: string): CheckOutcome {
  const found = grade.outcomes
    .find((outcome) => outcome.question === question)
    ?.checks.find((entry) => entry.check === name);
  if (found === undefined) throw new Error(`${question} has no check ${name}`);
  return found;
}

export const summary = (grade: Grade): string[] =>
  grade.outcomes.map(({ question, outcome, points }) => `${question} ${outcome} ${points}`);
