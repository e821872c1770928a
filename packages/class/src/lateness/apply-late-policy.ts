import type { Grade, Lateness } from '@labproof/grader';
import { formatDecimal, formatPlural } from '@labproof/submission';
import { readableInstant, zoneOf } from '../tables/instant.ts';
import { lateBy } from './late-by.ts';
import type { HandInTime, LatePolicy } from './late-policy.ts';

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
