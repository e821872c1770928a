import { createOracleKernels } from '@labproof/core';
import { type CheckSpec, type Lab, LabSchema } from '@labproof/lab';
import type { RecipeTrainer } from '../../src/checks/check-context.ts';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import { GradeSchema } from '../../src/grade/grade.ts';
import { gradeSubmission } from '../../src/grade/grade-submission.ts';
import { filesInMemory } from '../../../submission/src/files/submission-files.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import {
  modelFiles,
  network,
  seeingWeights,
  text,
} from '../../../submission/test/support/models.ts';
import { datasets } from './squares.ts';

/** A lab whose fourth and sixth question are about one network; the fourth has just the check under test. */
export function labWith(spec: CheckSpec, change: (lab: Lab) => Lab = (same) => same): Lab {
  const questions = lab.questions.map((question) =>
    question.id === 'q4'
      ? { ...question, checks: [spec] }
      : question.id === 'q6'
        ? { ...question, exercise: 'squares-linear' }
        : question,
  );
  return LabSchema.parse(change({ ...lab, questions }));
}

/** The model of `squares-linear` that reaches 0.9. */
export const MODEL: readonly [string, Uint8Array][] = modelFiles(
  'models/squares-linear',
  network('linear'),
  seeingWeights(),
);

/** The outcome of one check for an answer to question 4 (and, if told, others), with a model unless told otherwise. */
export async function outcomeOf(
  spec: CheckSpec,
  submitted: {
    answer?: string;
    others?: string;
    files?: Iterable<readonly [string, Uint8Array]>;
    trainer?: RecipeTrainer;
    lab?: (lab: Lab) => Lab;
  },
): Promise<CheckOutcome> {
  const { answer, others = '', files = MODEL } = submitted;
  const document = `${answer === undefined ? '' : `## Question 4\n\n${answer}\n\n`}${others}`;
  const grade = await gradeSubmission({
    lab: labWith(spec, submitted.lab),
    files: filesInMemory(
      new Map([...(document === '' ? [] : [['answers.md', text(document)] as const]), ...files]),
    ),
    kernels: createOracleKernels(),
    datasets,
    student: 'jo',
    ...(submitted.trainer === undefined ? {} : { trainer: submitted.trainer }),
  });
  const outcome = GradeSchema.parse(grade).outcomes.find(({ question }) => question === 'q4');
  const [check] = outcome?.checks ?? [];
  if (check === undefined) throw new Error('question 4 has no check');
  return check;
}
