import { z } from 'zod';
import { BandsSchema } from './bands.ts';
import { RecipeSchema } from './recipe.ts';

/** One network of a lab: what is trained, how, and what repeated trials of it measured. */
export const ExerciseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  recipe: RecipeSchema,
  /** `null` until `labproof calibrate` has measured it. */
  bands: BandsSchema.nullable(),
  /** Results that a document printed, to be set beside the measured ones. */
  published: z
    .strictObject({ source: z.string(), loss: z.number().nullable(), accuracy: z.number() })
    .nullable(),
});
export type Exercise = z.infer<typeof ExerciseSchema>;

/** An idea that a good free-text answer contains; a suggestion to the human reader, never a mark by itself. */
export const RubricItemSchema = z.strictObject({
  concept: z.string(),
  points: z.number().positive(),
  /** What a reader looks for, in the instructor's words. */
  lookFor: z.string(),
});

/**
 * What is examined for a question, and for how many points.
 * - `architecture`: the submitted model has the exercise's layers and parameter count.
 * - `metric-in-band`: the model's own test accuracy is at or above the measured lower bound.
 * - `claim-against-weights`: a number written in the answer agrees with what the model does.
 * - `number`: the answer states a quantity in a unit that nobody can check afterwards (seconds an epoch).
 * - `plot`: an image is there, can be read and is not blank.
 * - `free-text`: read by a human with the rubric.
 */
export const CheckSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('architecture'), points: z.number().positive() }),
  z.strictObject({ kind: z.literal('metric-in-band'), points: z.number().positive() }),
  z.strictObject({
    kind: z.literal('claim-against-weights'),
    metric: z.enum(['accuracy', 'loss']),
    points: z.number().positive(),
  }),
  z.strictObject({
    kind: z.literal('number'),
    unit: z.enum(['seconds']),
    points: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('plot'), points: z.number().positive() }),
  z.strictObject({
    kind: z.literal('free-text'),
    points: z.number().positive(),
    rubric: z.array(RubricItemSchema).min(1),
  }),
]);
export type CheckSpec = z.infer<typeof CheckSpecSchema>;

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

/** A lab as data. Core knows what a lab looks like, but no lab. */
export const LabSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string(),
    /** A change of questions, points or bands is a new version; every grade names it. */
    version: z.string(),
    introduction: z.string(),
    exercises: z.array(ExerciseSchema).min(1),
    questions: z.array(QuestionSchema).min(1),
  })
  .check((context) => {
    const known = new Set(context.value.exercises.map((exercise) => exercise.id));
    for (const [index, question] of context.value.questions.entries()) {
      for (const exercise of exercisesOf(question)) {
        if (known.has(exercise)) continue;
        context.issues.push({
          code: 'custom',
          input: exercise,
          path: ['questions', index, 'exercise'],
          message: `question ${question.id} names the exercise "${exercise}", which this lab does not have`,
        });
      }
      const needsModel = question.checks.some((check) =>
        ['architecture', 'metric-in-band', 'claim-against-weights'].includes(check.kind),
      );
      if (needsModel && question.exercise === null) {
        context.issues.push({
          code: 'custom',
          input: null,
          path: ['questions', index, 'exercise'],
          message: `question ${question.id} checks a model but names no exercise`,
        });
      }
    }
    const seen = new Set<string>();
    for (const [index, { id }] of context.value.questions.entries()) {
      if (seen.has(id)) {
        context.issues.push({
          code: 'custom',
          input: id,
          path: ['questions', index, 'id'],
          message: `two questions have the id ${id}`,
        });
      }
      seen.add(id);
    }
  });
export type Lab = z.infer<typeof LabSchema>;

/** The exercises that a question may be answered with, the one that it names first. */
export function exercisesOf({ exercise, alternatives = [] }: Question): readonly string[] {
  return exercise === null ? alternatives : [exercise, ...alternatives];
}

/** The points a question is worth: the sum over its checks. */
export function questionPoints(question: Question): number {
  return question.checks.reduce((sum, check) => sum + check.points, 0);
}
