import { issuesText } from '@labproof/core';
import { z } from 'zod';
import { ANSWERS_LIMITS, type AnswersLimits } from './answers/formats/limits.ts';
import { MODEL_LIMITS, type ModelLimits } from './models/model-limits.ts';
import { SUBMISSION_LIMITS, type SubmissionLimits } from './files/submission-files.ts';
import { submissionError } from './errors.ts';

/** The limits that a submission is read by. */
export interface ReadingLimits {
  readonly submission: SubmissionLimits;
  readonly model: ModelLimits;
  readonly answers: AnswersLimits;
}

/** The limits that this version comes with. */
export const DEFAULT_LIMITS: ReadingLimits = {
  submission: SUBMISSION_LIMITS,
  model: MODEL_LIMITS,
  answers: ANSWERS_LIMITS,
};

const most = z.number().int().positive();

/** Limits that differ from those that this version comes with; see docs/limits.md. */
export const LimitsSchema = z.strictObject({
  submission: z
    .strictObject({
      files: most,
      depth: most,
      pathLength: most,
      fileBytes: most,
      totalBytes: most,
      zipLevels: most,
      readingSeconds: most,
    })
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
      evaluationWork: most,
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
      totalCharacters: most,
    })
    .partial()
    .optional(),
});
export type Limits = z.infer<typeof LimitsSchema>;

/** Checks limits that were given as data. Throws an instructor's error that names what is wrong in them. */
export function parseLimits(value: unknown): Limits {
  const parsed = LimitsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw submissionError('limits-invalid', {
    message: `The limits are not as they should be: ${issuesText(parsed.error.issues)}.`,
    fix: 'Name the groups and limits as in docs/limits.md, each a whole number above 0.',
  });
}

/** These limits, and the default of every one that they do not name. */
export function readingLimits(limits: Limits): ReadingLimits {
  const { submission, model, answers } = DEFAULT_LIMITS;
  return {
    submission: { ...submission, ...given(limits.submission) },
    model: { ...model, ...given(limits.model) },
    answers: { ...answers, ...given(limits.answers) },
  };
}

/** The limits that are there: a field may be there and hold nothing. */
function given<Group extends object>(group: Group | undefined): { [Name in keyof Group]?: number } {
  return Object.fromEntries(
    Object.entries(group ?? {}).filter(([, limit]) => limit !== undefined),
  ) as { [Name in keyof Group]?: number };
}
