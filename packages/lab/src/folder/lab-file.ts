import { IdxDatasetSchema } from '@labproof/core';
import { z } from 'zod';
import { ExerciseSchema } from '../exercise.ts';
import { LabSchema } from '../lab.ts';
import { PlaygroundExerciseSchema } from '../playground-exercise.ts';
import { QuestionEntrySchema } from './question-file.ts';

/** An exercise as its author writes it; its bands stand in `bands/<exercise>.json`, written by `labproof calibrate`. */
export const ExerciseEntrySchema = ExerciseSchema.omit({ bands: true }).extend({
  published: ExerciseSchema.shape.published.default(null),
});

/** A playground exercise as its author writes it; what was measured of it stands in `sweeps/<exercise>.json`. */
export const PlaygroundEntrySchema = PlaygroundExerciseSchema.extend({
  published: PlaygroundExerciseSchema.shape.published.default(null),
  sweep: PlaygroundExerciseSchema.shape.sweep.default(null),
});

/**
 * `lab.yaml`, or `lab.json`: the exercises of a lab and the datasets that are not Labproof's. Questions stand beside it
 * in `questions/`, the introduction in `introduction.md`; a small lab may have both in the file.
 */
export const LabFileSchema = z.strictObject({
  /** The name of the folder unless told otherwise. */
  id: LabSchema.shape.id.optional(),
  title: z.string(),
  version: z.string(),
  edition: LabSchema.shape.edition,
  introduction: z.string().optional(),
  frameworks: LabSchema.shape.frameworks,
  selfCheckPage: LabSchema.shape.selfCheckPage,
  passing: LabSchema.shape.passing,
  datasets: z.array(IdxDatasetSchema).default([]),
  /** None where the lab is answered in words alone. */
  exercises: z.array(ExerciseEntrySchema).default([]),
  playgrounds: z.array(PlaygroundEntrySchema).optional(),
  questions: z.array(QuestionEntrySchema).default([]),
});
export type LabFile = z.infer<typeof LabFileSchema>;
