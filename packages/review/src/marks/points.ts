import type { GivenItem } from '@labproof/class';
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
  return Math.min(max, Math.max(0, rounded(sum)));
}

/** The items that a mark gives, in the order of the rubric; none where its points were typed. */
export function givenItems(mark: Mark, items: readonly Item[]): GivenItem[] {
  if (mark.fixed !== null) return [];
  return items.flatMap(({ id, concept, points, retired }) => {
    const share = mark.items[id];
    return retired || share === undefined
      ? []
      : [{ concept, points: rounded(points * share), of: points }];
  });
}

function rounded(points: number): number {
  return Math.round(points * SCALE) / SCALE;
}
