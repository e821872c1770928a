import { z } from 'zod';
import { CheckSpecSchema } from './checks/check-spec.ts';

/** A question. What the options of its checks may be, their kinds know; see `defineLab` and `readLab`. */
export const QuestionSchema = z.strictObject({
  id: z.string().regex(/^q[0-9]+[a-z]?$/),
  number: z.int().positive(),
  title: z.string(),
  /** Markdown shown in the handout. */
  prompt: z.string(),
  exercise: z.string().nullable(),
  /** Exercises that answer the question just as well: the first of all that has a submitted model is examined. */
  alternatives: z.array(z.string()).min(1).optional(),
  checks: z.array(CheckSpecSchema).min(1),
});
export type Question = z.infer<typeof QuestionSchema>;

/** The exercises that a question may be answered with, the one that it names first. */
export function exercisesOf({ exercise, alternatives = [] }: Question): readonly string[] {
  return exercise === null ? alternatives : [exercise, ...alternatives];
}

/** The points a question is worth: the sum over its checks. */
export function questionPoints(question: Question): number {
  return question.checks.reduce((sum, check) => sum + check.points, 0);
}
