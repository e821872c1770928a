/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';

/** The scale on which accuracies are close to normal: near 1 they are skewed, and their logits are not. */
export function logit(accuracy: number): number {
  return Math.log(accuracy / (1 - accuracy));
}

export function fromLogit(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** An accuracy of exactly 0 or 1 has no logit: it is moved half a step (one test image) inwards. */
export function insideUnit(accuracy: number, resolution: number): number {
  return Math.min(Math.max(accuracy, resolution / 2), 1 - resolution / 2);
}

/** The x at which a rising function passes a value, by bisection of [low, high]. */
export function crossing(
  rising: (x: number) => number,
  value: number,
  [low, high]: readonly [number, number],
  steps = 48,
): number {
  let [below, above] = [low, high];
  for (let step = 0; step < steps; step += 1) {
    const middle = (below + above) / 2;
    if (rising(middle) < value) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/**
 * The x in [low, high] at which a smooth rising function passes a value, to the last digits of a double, in about a
 * dozen looks at it: inverse quadratic interpolation where the last three points allow it, else bisection
 * (T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm", Advances in Engineering Software 28, 1997).
 */
export function smoothCrossing(
  rising: (x: number) => number,
  value: number,
  [low, high]: readonly [number, number],
): number {
  // x1 is the newest point, x2 the one across the crossing, x3 the one before.
  let [x1, x2, x3] = [high, low, low];
  let [f1, f2, f3] = [rising(high) - value, rising(low) - value, 0];
  let share = 0.5;
  for (let step = 0; step < 100; step += 1) {
    const x = x1 + share * (x2 - x1);
    const f = rising(x) - value;
    if (f > 0 === f1 > 0) {
      [x3, f3] = [x1, f1];
    } else {
      [x3, f3] = [x2, f2];
      [x2, f2] = [x1, f1];
    }
    [x1, f1] = [x, f];
    const best = Math.abs(f1) < Math.abs(f2) ? x1 : x2;
    const least = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(x2 - x1);
    if (f1 === 0 || least > 0.5) return best;
    const [xi, phi] = [(x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)];
    share =
      phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi
        ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) +
          ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
        : 0.5;
    share = Math.min(Math.max(share, least), 1 - least);
  }
  return x1;
}

/** Φ^−1(p), kept within ±12 where p is 0 or 1. */
export function normalPoint(probability: number): number {
  return Math.min(Math.max(jstat.jStat.normal.inv(probability, 0, 1), -12), 12);
}
