import { issuesText, reasonOf } from '@labproof/core';
import { z } from 'zod';
import { reportError } from './errors.ts';

const VerdictSchema = z.enum(['ok', 'drifted', 'broken', 'not-run']);
export type NightVerdict = z.infer<typeof VerdictSchema>;

/** What a night says about one exercise: the JSON of `labproof verify`, and the numbers behind it where it has them. */
const NightExerciseSchema = z.object({
  lab: z.string(),
  exercise: z.string(),
  /** Whether recipe, data and files are those of the calibration; lines of former versions do not say so. */
  calibration: VerdictSchema.optional(),
  identity: VerdictSchema,
  /** Whether losses, accuracies and predicted classes are the same; absent from former versions too. */
  evaluation: VerdictSchema.optional(),
  fixedSeeds: VerdictSchema,
  freshSeeds: VerdictSchema,
  details: z.array(z.string()),
  /** What should have been looked at and could not. */
  notCovered: z.array(z.string()).optional(),
  /** Of the details the one to begin with, where something is not as it was. */
  cause: z.string().optional(),
  /** Where the excerpt parts from that of the calibration. */
  parting: z.object({ at: z.string(), kind: z.string() }).optional(),
  measured: z
    .object({
      /** Mean test accuracy of the calibrated seeds minus what they had, and the calibration's standard deviation. */
      change: z.number(),
      sd: z.number(),
      /** Fresh seeds that reached the pass mark, of those tried. */
      freshPassed: z.int().nonnegative(),
      freshTried: z.int().nonnegative(),
    })
    .optional(),
});
export type NightExercise = z.infer<typeof NightExerciseSchema>;

/** One night: a line of the file that `labproof verify --history` appends to. Fields that are not known here are left out. */
export const NightSchema = z.object({
  /** `YYYY-MM-DD`, UTC. */
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  verdict: VerdictSchema,
  /** Whether it trained to the end; lines of former versions do not say so. */
  full: z.boolean().optional(),
  exercises: z.array(NightExerciseSchema),
  /** What a time limit left out, as `lab/exercise`. */
  left: z.array(z.string()).optional(),
});
export type Night = z.infer<typeof NightSchema>;

/**
 * Reads a history of nights, one JSON object a line, oldest first; empty lines count for nothing.
 * Throws a `LabproofError` (`night-line`) that names the first line which is no night.
 */
export function parseNights(text: string): Night[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    let reason: string;
    try {
      const parsed = NightSchema.safeParse(JSON.parse(line));
      if (parsed.success) return [parsed.data];
      reason = issuesText(parsed.error.issues.slice(0, 3));
    } catch (error) {
      reason = reasonOf(error);
    }
    throw reportError('night-line', {
      message: `Line ${index + 1} of the history is not a night as labproof verify writes it: ${reason}.`,
      fix: 'Correct or delete that line; every other line stays as it is.',
    });
  });
}
