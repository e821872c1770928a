import { z } from 'zod';
import type { Grade, Lateness } from '@labproof/grader';
import { formatDecimal, formatPlural } from '@labproof/submission';
import { parseInstant, readableInstant, zoneOf } from '../tables/instant.ts';
import { lateBy } from './late-by.ts';
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
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw classError('late-policy-invalid', {
    message: `The policy for late hand-ins is not as it should be: ${problems.join('; ')}.`,
    fix: 'State when it was due as 2026-11-20T23:59+01:00 or 2026-11-20T23:59[Europe/Berlin], and what is deducted.',
  });
}

/** When a student handed in, and until when this student had time. */
export interface HandInTime {
  /** As written; without an offset from UTC it has that of the policy's `due`. */
  readonly submitted: string;
  /** An extension; `null` where the due time of the policy holds. */
  readonly due: string | null;
}

const MINUTE_MS = 60_000;

/**
 * Applies the policy to a grade: what is deducted stands beside the points of the questions, which stay as they are,
 * and the score is what is left. A grade in time comes back with `lateness` saying so; one without a score keeps none.
 */
export function applyLatePolicy(grade: Grade, policy: LatePolicy, time: HandInTime): Grade {
  const zone = zoneOf(policy.due);
  const late = lateBy(policy, time);
  const extended = time.due === null ? '' : ', an extension';
  const stated = { submitted: time.submitted, due: time.due ?? policy.due };
  const [submitted, due] = [stated.submitted, stated.due].map((text) =>
    readableInstant(text, zone),
  );
  if (late.periods === 0) {
    const message = `Handed in on ${submitted}, in time (due ${due}${extended}).`;
    return withLateness(grade, { ...stated, periods: 0, deduction: 0, message });
  }
  const begun = late.periods;
  const periods = Math.min(begun, policy.mostPeriods ?? begun);
  const earned = grade.score;
  const { deduct } = policy;
  const full =
    deduct.unit === 'points'
      ? deduct.amount * periods
      : ((deduct.of === 'max' ? grade.max : (earned ?? 0)) * deduct.amount * periods) / 100;
  const deduction = earned === null ? 0 : rounded(Math.min(full, earned));
  const rate =
    deduct.unit === 'points'
      ? formatPlural(deduct.amount, 'point')
      : `${formatDecimal(deduct.amount)} % of ${deduct.of === 'max' ? `the ${formatDecimal(grade.max)} points` : 'what was earned'}`;
  const each = policy.per === 'once' ? '' : ` for each ${policy.per} begun`;
  const count = policy.per === 'once' ? '' : `, ${formatPlural(periods, policy.per)}`;
  const cap = periods < begun ? ` (no more than ${periods} count)` : '';
  const cost =
    earned === null
      ? 'there is no score yet to deduct from'
      : `${formatPlural(deduction, 'point')} of ${formatDecimal(earned)} deducted`;
  const message = `Handed in on ${submitted}, ${duration(late.milliseconds)} after ${due}${extended}: ${cost} (${rate}${each}${count}${cap}).`;
  return withLateness(grade, { ...stated, periods, deduction, message });
}

function withLateness(grade: Grade, lateness: Omit<Lateness, 'scoreBefore'>): Grade {
  return {
    ...grade,
    score: grade.score === null ? null : rounded(grade.score - lateness.deduction),
    lateness: { ...lateness, scoreBefore: grade.score },
  };
}

/** Points are sums of short decimals; this keeps binary fractions out of what people read. */
function rounded(points: number): number {
  return Math.round(points * 1e6) / 1e6;
}

function duration(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / MINUTE_MS);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts = [
    days > 0 ? formatPlural(days, 'day') : '',
    hours > 0 ? formatPlural(hours, 'hour') : '',
    days === 0 && minutes % 60 > 0 ? formatPlural(minutes % 60, 'minute') : '',
  ].filter((part) => part !== '');
  return parts.join(' ');
}
