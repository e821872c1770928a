import { clockOf, minutesEast, offsetOf, parseInstant, zoneOf } from '../tables/instant.ts';
import { offsetIn, possibleChanges } from '../tables/time-zone.ts';
import { classError } from '../errors.ts';
import type { HandInTime, LatePolicy } from './late-policy.ts';

const MINUTE_MS = 60_000;
const PERIOD_MS = { once: Number.POSITIVE_INFINITY, hour: 3_600_000, day: 86_400_000 } as const;

/** By how much a hand-in is late. */
export interface LateBy {
  /** Milliseconds after it was due; what is not above 0 is in time. */
  readonly milliseconds: number;
  /** Periods of the policy that have begun; 0 in time and within the grace. */
  readonly periods: number;
  /** Where clocks may have changed in between and nobody says whether: as many periods it could be at most. */
  readonly most: number;
}

/**
 * Counts the periods that have begun. A day later is the same time on the clock, an hour later is sixty minutes on. Where the
 * policy names a time zone its clocks tell; else the offsets of both times do, where some zone of the world has both. Where neither
 * does (a time in UTC, hours between times without offset) and a change of clocks could make a difference, the fewer count.
 */
export function lateBy(policy: LatePolicy, time: HandInTime): LateBy {
  const clock = clockOf(policy.due);
  const zone = zoneOf(policy.due);
  const due = time.due ?? policy.due;
  const [from, to] = [instant(due, clock), instant(time.submitted, clock)];
  const milliseconds = to - from;
  const grace = policy.graceMinutes * MINUTE_MS;
  const periodsAt = (minutes: number): number => {
    const counted = milliseconds - minutes * MINUTE_MS - grace;
    if (milliseconds <= grace) return 0;
    return policy.per === 'once' ? 1 : Math.max(1, Math.ceil(counted / PERIOD_MS[policy.per]));
  };
  const changes = changesOf(policy, { zone, due, submitted: time.submitted, from, to }, periodsAt);
  const counts = changes.map(periodsAt);
  return { milliseconds, periods: Math.min(...counts), most: Math.max(...counts) };
}

/** Minutes to take off, in every case that is possible; 0 alone where nothing has to be. */
function changesOf(
  { per }: LatePolicy,
  at: {
    readonly zone: string | null;
    readonly due: string;
    readonly submitted: string;
    readonly from: number;
    readonly to: number;
  },
  periodsAt: (minutes: number) => number,
): readonly number[] {
  const { zone, due, submitted, from, to } = at;
  if (per === 'once') return [0];
  if (zone !== null) {
    return [per === 'day' ? offsetIn(zone, from) - offsetIn(zone, to) : 0];
  }
  const written = offsetOf(due);
  if (written === null || written === 'Z') return [0];
  const before = minutesEast(written);
  const after = offsetOf(submitted);
  const possible = (): number[] =>
    possibleChanges(from, before, to).filter((change) => Math.abs(change) <= LONGEST_CHANGE);
  // Times of one kind on the clock: days are right as they stand, and of hours one may be counted too few.
  if (after === null) {
    if (per === 'day' || periodsAt(0) === periodsAt(-LONGEST_CHANGE)) return [0];
    return possible().map((change) => -change);
  }
  if (per === 'hour' || periodsAt(LONGEST_CHANGE) === periodsAt(-LONGEST_CHANGE)) return [0];
  const change = before - minutesEast(after);
  // Programs write UTC as "+00:00", too, which is a place's time where clocks went there from "+01:00".
  if (after === 'Z' || (after === '+00:00' && before !== 60)) return possible();
  return [possible().includes(change) ? change : 0];
}

/** Minutes by which clocks are changed at most, but for one station in Antarctica. */
const LONGEST_CHANGE = 60;

function instant(text: string, clock: string | null): number {
  const at = parseInstant(text, clock);
  if (at !== null) return at;
  throw classError('time-unreadable', {
    message: `"${text}" is not a date and time with an offset from UTC.`,
    fix: 'Write it as 2026-11-20T23:59+01:00.',
  });
}
