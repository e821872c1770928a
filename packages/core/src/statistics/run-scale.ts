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

/** Φ^−1(p), kept within ±12 where p is 0 or 1. */
export function normalPoint(probability: number): number {
  return Math.min(Math.max(jstat.jStat.normal.inv(probability, 0, 1), -12), 12);
}
