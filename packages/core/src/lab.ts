import { z } from 'zod';
import { BandsSchema, ToleranceBoundSchema } from './bands.ts';
import { type PlaygroundExercise, PlaygroundExerciseSchema } from './playground/exercise.ts';
import { RecipeSchema } from './recipe.ts';

/** One network of a lab: what is trained, how, and what repeated trials of it measured. */
export const ExerciseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  recipe: RecipeSchema,
  /** `null` until `labproof calibrate` has measured it. */
  bands: BandsSchema.nullable(),
  /** The lower bound of the test accuracy by itself: what a student edition holds instead of bands. */
  passMark: ToleranceBoundSchema.optional(),
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
  /**
   * Words and short phrases of which any one suggests that the concept is there, in any inflexion: "overfit",
   * "training accuracy above validation". Without them nothing is suggested.
   */
  words: z.array(z.string().min(1)).min(1).optional(),
});

/**
 * What is examined for a question, and for how many points.
 * - `architecture`: the submitted model has the exercise's layers and parameter count.
 * - `metric-in-band`: the model's own test accuracy is at or above the measured lower bound.
 * - `claim-against-weights`: a number written in the answer agrees with what the model does.
 * - `number`: the answer states a quantity in a unit that nobody can check afterwards (seconds an epoch).
 * - `plot`: an image is there, can be read and is not blank.
 * - `free-text`: read by a human with the rubric, whose `words` suggest what is there.
 * - `word-count`: the answer has from `least` to `most` words.
 * - `recipe`: optimiser and loss of the submitted model, and from the code or the printed log also epochs, batch
 *   size and whence the validation images come, are the exercise's; `aspects` names those that count, all that a saved
 *   model tells unless told.
 * - `history`: the training log ran the exercise's epochs, and its last values are plausible against the bands.
 * - `code-topology`: the network in the submitted code, which is read and never run, has the exercise's layers.
 * - `contradiction`: what this answer states agrees with what the answer to `other` states of the same metric.
 * - `claim-against-output`: a number in the student's own words stands in the output that was handed in with it.
 * - `misclassified-count`: the number of misclassified test images that the answer states is that of the model.
 * - `confusion-matrix`: the matrix in the answer is that of the model.
 * - `not-too-good`: the model's accuracy is not above the measured upper bound; more goes to a reader.
 * - `reproduction`: re-training the submitted recipe makes the submitted accuracy likely.
 * - `playground-claim`: a playground network that the answer describes reaches the target of the lab's playground
 *   exercise `playground` in as many of `runs` seeded runs as its bounds ask for.
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
  z.strictObject({
    kind: z.literal('word-count'),
    points: z.number().positive(),
    least: z.int().positive(),
    most: z.int().positive().optional(),
  }),
  z.strictObject({
    kind: z.literal('recipe'),
    points: z.number().positive(),
    aspects: z
      .array(z.enum(['optimizer', 'learning-rate', 'loss', 'epochs', 'batch-size', 'validation']))
      .min(1)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('history'), points: z.number().positive() }),
  z.strictObject({ kind: z.literal('code-topology'), points: z.number().positive() }),
  z.strictObject({
    kind: z.literal('contradiction'),
    points: z.number().positive(),
    metric: z.enum(['accuracy', 'loss']),
    /** Id of the question whose answer speaks of the same model. */
    other: z.string(),
  }),
  z.strictObject({
    kind: z.literal('claim-against-output'),
    points: z.number().positive(),
    metric: z.enum(['accuracy', 'loss']),
  }),
  z.strictObject({ kind: z.literal('misclassified-count'), points: z.number().positive() }),
  z.strictObject({ kind: z.literal('confusion-matrix'), points: z.number().positive() }),
  z.strictObject({ kind: z.literal('not-too-good'), points: z.number().positive() }),
  z.strictObject({
    kind: z.literal('reproduction'),
    points: z.number().positive(),
    /** Seeds with which another recipe than the exercise's is trained. */
    trials: z.int().min(3).max(100).default(5),
  }),
  z.strictObject({
    kind: z.literal('playground-claim'),
    points: z.number().positive(),
    /** Id of one of the lab's `playgrounds`. */
    playground: z.string(),
    runs: z.int().min(20).max(1000).default(100),
    /** Success rate from which on a claim is confirmed: the lower end of the interval reaches it. */
    reliable: z.number().min(0).max(1).default(0.5),
    /** Success rate below which it is refuted: the upper end of the interval stays below it. */
    rare: z.number().min(0).max(1).default(0.05),
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

/** A lab as data. Core knows what a lab looks like, but no lab. */
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

/** The exercises that a question may be answered with, the one that it names first. */
export function exercisesOf({ exercise, alternatives = [] }: Question): readonly string[] {
  return exercise === null ? alternatives : [exercise, ...alternatives];
}

/** The exercises of a lab that are run on the playground. */
export function playgroundsOf({ playgrounds = [] }: Lab): readonly PlaygroundExercise[] {
  return playgrounds;
}

/** The points a question is worth: the sum over its checks. */
export function questionPoints(question: Question): number {
  return question.checks.reduce((sum, check) => sum + check.points, 0);
}
