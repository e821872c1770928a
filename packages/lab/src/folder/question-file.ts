import { z } from 'zod';
import { type CheckSpec, CheckSpecSchema } from '../checks/check-spec.ts';
import { type Question, QuestionSchema } from '../question.ts';
import { type RubricItem, rubricOf, RubricSchema } from '../rubric.ts';

/** The fields at the head of `questions/q3.md`; the text below them is the prompt. */
export const QuestionFieldsSchema = z.strictObject({
  title: QuestionSchema.shape.title,
  /** The number in the id unless told otherwise. */
  number: QuestionSchema.shape.number.optional(),
  exercise: QuestionSchema.shape.exercise.default(null),
  alternatives: QuestionSchema.shape.alternatives,
  checks: z.array(CheckSpecSchema).default([]),
  /** What a person reads the answer by: a check `free-text`, the last one, worth the sum of its points. */
  rubric: RubricSchema.optional(),
  /** The prompt, character by character, where there is no text below. */
  prompt: z.string().optional(),
});
export type QuestionFields = z.infer<typeof QuestionFieldsSchema>;

/** A question that stands in the lab's file. */
export const QuestionEntrySchema = QuestionFieldsSchema.extend({
  id: QuestionSchema.shape.id,
  prompt: QuestionSchema.shape.prompt,
});

/** A question from what its author wrote. */
export function questionFrom(
  { title, number, exercise, alternatives, checks, rubric }: QuestionFields,
  { id, prompt }: { readonly id: string; readonly prompt: string },
): Question {
  return {
    id,
    number: number ?? Number.parseInt(id.slice(1), 10),
    title,
    prompt,
    exercise,
    ...(alternatives === undefined ? {} : { alternatives }),
    checks: rubric === undefined ? checks : [...checks, readBy(rubric)],
  };
}

function readBy(rubric: readonly RubricItem[]): CheckSpec {
  return { kind: 'free-text', points: rubric.reduce((sum, { points }) => sum + points, 0), rubric };
}

/** Whether a check is what a rubric alone stands for. */
function isRubric(check: CheckSpec): boolean {
  return check.kind === 'free-text' && readBy(rubricOf(check)).points === check.points;
}

/** The fields of a question: its last check becomes the rubric where it is read by a person. */
export function fieldsOf({
  id,
  number,
  title,
  exercise,
  alternatives,
  checks,
}: Question): QuestionFields {
  const last = checks.at(-1);
  const rubric = last !== undefined && isRubric(last) ? [...rubricOf(last)] : null;
  return {
    title,
    ...(number === Number.parseInt(id.slice(1), 10) ? {} : { number }),
    exercise,
    ...(alternatives === undefined ? {} : { alternatives }),
    checks: rubric === null ? checks : checks.slice(0, -1),
    ...(rubric === null ? {} : { rubric }),
  };
}
