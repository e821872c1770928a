import { issuesText } from '@labproof/core';
import { z } from 'zod';
import { parseInstant } from '../tables/instant.ts';
import { classError } from '../errors.ts';

/**
 * What a late hand-in costs. Either a share of a score for each period begun, or points for each period begun.
 * The deduction never takes more than was earned.
 */
export const LatePolicySchema = z.strictObject({
  /** ISO 8601 with an offset from UTC or a time zone: "2026-11-20T23:59+01:00", "2026-11-20T23:59[Europe/Berlin]". */
  due: z.string(),
  /** Minutes after `due` that cost nothing; each further period begins as many minutes later, too. */
  graceMinutes: z.number().min(0).default(0),
  deduct: z.discriminatedUnion('unit', [
    z.strictObject({
      unit: z.literal('percent'),
      amount: z.number().min(0).max(100),
      /** Of all the points there are, or of those that were earned. */
      of: z.enum(['max', 'earned']).default('max'),
    }),
    z.strictObject({ unit: z.literal('points'), amount: z.number().min(0) }),
  ]),
  /** `once`: the same however late. A period that has begun counts whole. */
  per: z.enum(['once', 'hour', 'day']).default('day'),
  /** The deduction grows to so many periods and no further. */
  mostPeriods: z.int().positive().nullable().default(null),
});
export type LatePolicy = z.infer<typeof LatePolicySchema>;

/** Checks a policy that was given as data. Throws an instructor's error that names what is wrong in it. */
export function parseLatePolicy(value: unknown): LatePolicy {
  const parsed = LatePolicySchema.safeParse(value);
  const problems = parsed.success
    ? parseInstant(parsed.data.due, null) === null
      ? [
          `due: "${parsed.data.due}" is not a date and time with an offset from UTC or a time zone, or the two disagree`,
        ]
      : []
    : [issuesText(parsed.error.issues)];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw classError('late-policy-invalid', {
    message: `The rule for late hand-ins is not as it should be: ${problems.join('; ')}.`,
    fix: 'Say when it was due as 2026-11-20T23:59+01:00 or 2026-11-20T23:59[Europe/Berlin], and what is deducted; docs/grading-a-class.md shows it in JSON.',
  });
}

/** When a student handed in, and until when this student had time. */
export interface HandInTime {
  /** As written; without an offset from UTC it has that of the policy's `due`. */
  readonly submitted: string;
  /** An extension; `null` where the due time of the policy holds. */
  readonly due: string | null;
}
