import { z } from 'zod';
import type { CheckSpec } from './checks/spec.ts';
import { ExerciseSchema } from './exercise.ts';
import { type PlaygroundExercise, PlaygroundExerciseSchema } from './playground-exercise.ts';
import { exercisesOf, QuestionSchema } from './question.ts';

/** Kinds of checks that look at answers alone. */
const WITHOUT_EXERCISE: ReadonlySet<CheckSpec['kind']> = new Set<CheckSpec['kind']>([
  'number',
  'plot',
  'free-text',
  'word-count',
  'contradiction',
  'claim-against-output',
  'playground-claim',
]);

/** A lab as data. */
export const LabSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string(),
    /** A change of questions, points or bands is a new version; every grade names it. */
    version: z.string(),
    /** A student edition holds no rubrics and no bands: it is for checking one's own work, never for grading. */
    edition: z.literal('student').optional(),
    introduction: z.string(),
    exercises: z.array(ExerciseSchema).min(1),
    playgrounds: z.array(PlaygroundExerciseSchema).optional(),
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
      const needsExercise = question.checks.some((check) => !WITHOUT_EXERCISE.has(check.kind));
      if (needsExercise && question.exercise === null) {
        context.issues.push({
          code: 'custom',
          input: null,
          path: ['questions', index, 'exercise'],
          message: `question ${question.id} checks a model but names no exercise`,
        });
      }
    }
    const questions = new Set(context.value.questions.map(({ id }) => id));
    for (const [index, question] of context.value.questions.entries()) {
      for (const check of question.checks) {
        if (check.kind !== 'contradiction') continue;
        if (questions.has(check.other) && check.other !== question.id) continue;
        context.issues.push({
          code: 'custom',
          input: check.other,
          path: ['questions', index, 'checks'],
          message: `question ${question.id} is compared with "${check.other}", which is no other question of this lab`,
        });
      }
    }
    const playgrounds = new Set(context.value.playgrounds?.map(({ id }) => id));
    for (const [index, question] of context.value.questions.entries()) {
      for (const check of question.checks) {
        if (check.kind !== 'playground-claim' || playgrounds.has(check.playground)) continue;
        context.issues.push({
          code: 'custom',
          input: check.playground,
          path: ['questions', index, 'checks'],
          message: `question ${question.id} runs the playground exercise "${check.playground}", which this lab does not have`,
        });
      }
    }
    for (const id of playgrounds) {
      if (!known.has(id)) continue;
      context.issues.push({
        code: 'custom',
        input: id,
        path: ['playgrounds'],
        message: `an exercise and a playground exercise have the id ${id}`,
      });
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

/** The exercises of a lab that are run on the playground. */
export function playgroundsOf({ playgrounds = [] }: Lab): readonly PlaygroundExercise[] {
  return playgrounds;
}
