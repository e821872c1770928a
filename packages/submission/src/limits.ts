import { z } from 'zod';
import { ANSWERS_LIMITS } from './answers/formats/limits.ts';
import { MODEL_LIMITS } from './models/model-limits.ts';
import { instructorError } from './refusal.ts';
import { SUBMISSION_LIMITS } from './files/submission-files.ts';

/** The limits that a process reads by, each group in an object of its own. */
const GROUPS = { submission: SUBMISSION_LIMITS, model: MODEL_LIMITS, answers: ANSWERS_LIMITS };
const DEFAULTS = structuredClone(GROUPS);

const most = z.number().int().positive();

/** Limits that differ from those that this version comes with; see docs/limits.md. */
export const LimitsSchema = z.strictObject({
  submission: z
    .strictObject({ files: most, depth: most, pathLength: most, fileBytes: most, totalBytes: most })
    .partial()
    .optional(),
  model: z
    .strictObject({
      layers: most,
      weightArrays: most,
      parameters: most,
      multiplyAdds: most,
      activations: most,
      evaluationBytes: most,
      topologyBytes: most,
    })
    .partial()
    .optional(),
  answers: z
    .strictObject({
      bytes: most,
      characters: most,
      outputCharacters: most,
      cells: most,
      blocks: most,
      nesting: most,
      pages: most,
    })
    .partial()
    .optional(),
});
export type Limits = z.infer<typeof LimitsSchema>;

/** Checks limits that were given as data. Throws an instructor's error that names what is wrong in them. */
export function parseLimits(value: unknown): Limits {
  const parsed = LimitsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw instructorError(
    'limits-invalid',
    `The limits are not as they should be: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
    'Name the groups and limits as in docs/limits.md, each a whole number above 0.',
  );
}

/** Makes these the limits of this process, and all others what they were at first. */
export function setLimits(limits: Limits): void {
  for (const name of ['submission', 'model', 'answers'] as const) {
    Object.assign(GROUPS[name], DEFAULTS[name], limits[name]);
  }
}
