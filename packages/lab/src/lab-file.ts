import { IdxDatasetSchema } from '@labproof/core';
import { z } from 'zod';
import { ExerciseSchema } from './exercise.ts';
import { LabSchema } from './lab.ts';
import { QuestionSchema } from './question.ts';

/**
 * `lab.json`: a lab of the user's own as data, together with the datasets that are not Labproof's. The introduction
 * stands beside it in `introduction.md`, and the bands of each exercise, once measured, in `bands/<exercise>.json`.
 */
export const LabFileSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  edition: LabSchema.shape.edition,
  datasets: z.array(IdxDatasetSchema).default([]),
  exercises: z.array(
    ExerciseSchema.omit({ bands: true }).extend({
      published: ExerciseSchema.shape.published.default(null),
    }),
  ),
  playgrounds: LabSchema.shape.playgrounds,
  questions: z.array(QuestionSchema),
});
export type LabFile = z.infer<typeof LabFileSchema>;
