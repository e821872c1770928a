import { z } from 'zod';

/**
 * What a lab wants of a pass mark: how many honest runs may lose their points by it, how many models that are worse may
 * get them, and what becomes of those of which neither can be said.
 */
export const PassingRuleSchema = z.strictObject({
  /** At most 1 in so many runs of the recipe lies below the pass mark. */
  honest: z.strictObject({ oneIn: z.int().min(2).max(10_000) }),
  /** Of models so many standard deviations (logit scale) worse than runs of the recipe, at most 1 in `oneIn` passes. */
  worse: z.strictObject({
    shiftSd: z.number().positive().max(20),
    oneIn: z.number().min(1.5).max(10_000),
  }),
  /** Who decides between "surely fine" and "surely not": a reader, or half of the points are given. */
  between: z.enum(['reader', 'half']),
});
export type PassingRule = z.infer<typeof PassingRuleSchema>;

/** Where a lab says nothing. Why these numbers: docs/decisions/0013-pass-marks.md. */
export const DEFAULT_PASSING_RULE: PassingRule = {
  honest: { oneIn: 200 },
  worse: { shiftSd: 4, oneIn: 5 },
  between: 'reader',
};

/** Both promises of a rule are kept with this confidence, for as little as the runs may tell. */
export const CONFIDENCE = 0.95;

/** A rule as a sentence. */
export function passingRuleText({ honest, worse, between }: PassingRule): string {
  const decided =
    between === 'reader' ? 'a reader decides in between' : 'half of the points in between';
  return `at most 1 in ${honest.oneIn} honest runs lies below the pass mark, at most 1 in ${worse.oneIn} models that are ${worse.shiftSd} sd worse gets the points unread; ${decided}`;
}
