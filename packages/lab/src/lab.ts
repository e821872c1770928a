import { z } from 'zod';
import { PassingWordsSchema } from './passing.ts';
import { ExerciseSchema } from './exercise.ts';
import { FrameworkSchema } from './frameworks/framework.ts';
import { type PlaygroundExercise, PlaygroundExerciseSchema } from './playground-exercise.ts';
import { QuestionSchema } from './question.ts';

/** The form of a lab; whether it means something, and the options of its checks, `defineLab` and `readLab` examine. */
export const LabSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  /** A change of questions, points or bands is a new version; every grade names it. */
  version: z.string(),
  /** A student edition holds no rubrics and no bands: it is for checking one's own work, never for grading. */
  edition: z.literal('student').optional(),
  introduction: z.string(),
  /** In whose code handouts and starting folders are written, unless told otherwise; each once. */
  frameworks: z
    .array(FrameworkSchema)
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'name each framework once')
    .optional(),
  /** Where students find the lab's self-check page, for its handout. */
  selfCheckPage: z.url({ protocol: /^https?$/ }).optional(),
  /** What the lab wants of its pass marks, in words. */
  passing: PassingWordsSchema.optional(),
  /** None where a lab is answered in words alone. */
  exercises: z.array(ExerciseSchema),
  playgrounds: z.array(PlaygroundExerciseSchema).optional(),
  questions: z.array(QuestionSchema).min(1),
});
export type Lab = z.infer<typeof LabSchema>;

/** The exercises of a lab that are run on the playground. */
export function playgroundsOf({ playgrounds = [] }: Lab): readonly PlaygroundExercise[] {
  return playgrounds;
}
