/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { normalShare } from '../elementary/error-function.ts';
import { deviationGrid } from './deviation-grid.ts';
import { smoothCrossing } from './run-scale.ts';
import type { ToleranceBound } from './tolerance-bound.ts';
import { mean, rounded, standardDeviation } from './spread.ts';

// jStat is a CommonJS module: Node sees only its default export.
const { jStat } = jstat;

/** Factors that were asked for before: labs have few numbers of trials, and a factor takes milliseconds. */
const factors = new Map<string, number>();

/**
 * The factor k of a one-sided normal tolerance bound mean ± k·sd from n observations: with the given confidence
 * at least the share `coverage` of the population lies on the good side. By the distribution of s/σ it is the k for
 * which the mean of Φ(√n·(k·s/σ − z(coverage))) is the confidence: k = t'(confidence; n − 1, z(coverage)·√n) / √n with
 * the noncentral t distribution (NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.3), for any n.
 */
export function toleranceFactor(n: number, coverage: number, confidence: number): number {
  if (!Number.isInteger(n) || n < 2) {
    throw new RangeError(`a tolerance bound needs at least 2 trials, not ${n}`);
  }
  const name = `${n}/${coverage}/${confidence}`;
  const factor = factors.get(name) ?? computeFactor(n, coverage, confidence);
  factors.set(name, factor);
  return factor;
}

function computeFactor(n: number, coverage: number, confidence: number): number {
  const reached = confidenceOf(n, coverage);
  let high = 1;
  while (reached(high) < confidence) high *= 2;
  return smoothCrossing(reached, confidence, [0, high]);
}

/**
 * The confidence with which at least the share `coverage` of the population lies on the good side of mean ± k·sd from n
 * observations, as a function of k: it rises with k.
 */
export function confidenceOf(n: number, coverage: number): (k: number) => number {
  const z = jStat.normal.inv(coverage, 0, 1);
  const { ratios, weights } = deviationGrid(n);
  const root = Math.sqrt(n);
  return (k) => {
    let sum = 0;
    for (let at = 0; at < weights.length; at += 1) {
      sum += weights[at]! * normalShare(root * (k * ratios[at]! - z));
    }
    return sum;
  };
}

const scales = {
  identity: { to: (value: number) => value, from: (value: number) => value },
  log: { to: Math.log, from: Math.exp },
  // Accuracies near 1 are skewed; their logits are close to normal.
  logit: {
    to: (value: number) => Math.log(value / (1 - value)),
    from: (value: number) => 1 / (1 + Math.exp(-value)),
  },
} as const;

/**
 * A one-sided tolerance bound of measured values on the given scale.
 * `resolution` is the smallest step of the metric (one test image): accuracies of exactly 0 or 1 are moved
 * half a step inwards, because their logit is infinite.
 */
export function toleranceBound(
  values: readonly number[],
  options: {
    side: 'lower' | 'upper';
    scale: ToleranceBound['scale'];
    coverage: number;
    confidence: number;
    resolution: number;
  },
): ToleranceBound {
  const { side, coverage, confidence, resolution } = options;
  const { to, from } = scales[options.scale];
  const inside = values.map((value) =>
    options.scale === 'logit'
      ? Math.min(Math.max(value, resolution / 2), 1 - resolution / 2)
      : value,
  );
  const transformed = inside.map(to);
  const k = toleranceFactor(values.length, coverage, confidence);
  const distance = k * standardDeviation(transformed);
  const centre = mean(transformed);
  return {
    value: rounded(from(side === 'lower' ? centre - distance : centre + distance)),
    side,
    coverage,
    confidence,
    n: values.length,
    k: rounded(k),
    scale: options.scale,
  };
}
