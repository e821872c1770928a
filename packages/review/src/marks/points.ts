import type { Mark } from './event.ts';
import type { Item } from './rubric.ts';

/** Decimals that points keep: halves, thirds and hundredths of items add up without a trace of binary. */
const SCALE = 1e4;

/** The points that a mark gives: those that were typed, or those of its items; never below 0 or above `max`. */
export function pointsOf(mark: Mark, items: readonly Item[], max: number): number {
  const sum =
    mark.fixed ??
    items.reduce(
      (total, { id, points, retired }) => total + (retired ? 0 : points * (mark.items[id] ?? 0)),
      0,
    );
  return Math.min(max, Math.max(0, Math.round(sum * SCALE) / SCALE));
}
