import type { PassingPlan } from '@labproof/core';
import { DEFAULT_PASSING_RULE } from '@labproof/core/statistics';
import { z } from 'zod';

const HONEST = /^at most 1 in (?<oneIn>[2-9]|[1-9]\d{1,3})(?: honest runs loses the points?)?$/u;
const WORSE =
  /^at most 1 in (?<oneIn>[2-9]|[1-9]\d{1,3})(?: models)? (?<sd>\d{1,2}(?:\.\d)?) sd worse(?: passes)?$/u;

/** How to write what does not have that form. */
export const PASSING_HINTS = {
  honest: 'Write it as "at most 1 in 200 honest runs loses the point".',
  worse: 'Write it as "at most 1 in 5 models 4 sd worse passes".',
} as const;

/**
 * What a lab, or one of its exercises, wants of its pass marks, in words. Whatever is left out is as the lab has it, and
 * what the lab leaves out as docs/thresholds.md has it.
 */
export const PassingWordsSchema = z.strictObject({
  honest: z.string().regex(HONEST).optional(),
  worse: z.string().regex(WORSE).optional(),
  /** Who decides between "surely fine" and "surely not". */
  between: z.enum(['a reader', 'half the points']).optional(),
  /** Whether every run comes to about the same, or some never learn. */
  runs: z.enum(['alike', 'may get stuck']).optional(),
});
export type PassingWords = z.infer<typeof PassingWordsSchema>;

/** The words of a lab and of its exercise as numbers. */
export function passingPlan(
  lab: { readonly passing?: PassingWords | undefined },
  exercise: { readonly passing?: PassingWords | undefined },
): PassingPlan {
  const { honest, worse, between, runs } = { ...lab.passing, ...exercise.passing };
  const { oneIn } = HONEST.exec(honest ?? '')?.groups ?? {};
  const shifted = WORSE.exec(worse ?? '')?.groups ?? {};
  return {
    rule: {
      honest: oneIn === undefined ? DEFAULT_PASSING_RULE.honest : { oneIn: Number(oneIn) },
      worse:
        shifted['sd'] === undefined
          ? DEFAULT_PASSING_RULE.worse
          : { shiftSd: Number(shifted['sd']), oneIn: Number(shifted['oneIn']) },
      between:
        between === undefined
          ? DEFAULT_PASSING_RULE.between
          : between === 'a reader'
            ? 'reader'
            : 'half',
    },
    runs: runs === 'may get stuck' ? 'may-stick' : 'alike',
  };
}
