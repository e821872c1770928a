/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import type { ToleranceBound } from './tolerance-bound.ts';
import { mean, rounded, standardDeviation } from './spread.ts';

// jStat is a CommonJS module: Node sees only its default export.
const { jStat } = jstat;

/**
 * The factor k of a one-sided normal tolerance bound mean ± k·sd from n observations: with the given confidence
 * at least the share `coverage` of the population lies on the good side.
 * k = t'(confidence; n − 1, z(coverage)·√n) / √n with the noncentral t distribution
 * (NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.3).
 */
export function toleranceFactor(n: number, coverage: number, confidence: number): number {
  const name = `${n}/${coverage}/${confidence}`;
  const known = factors.get(name);
  if (known !== undefined) return known;
  const factor = computeFactor(n, coverage, confidence);
  factors.set(name, factor);
  return factor;
}

/** Factors that were asked for before: labs have few numbers of trials, and a factor takes milliseconds. */
const factors = new Map<string, number>();

function computeFactor(n: number, coverage: number, confidence: number): number {
  if (!Number.isInteger(n) || n < 2) {
    throw new RangeError(`a tolerance bound needs at least 2 trials, not ${n}`);
  }
  const noncentrality = jStat.normal.inv(coverage, 0, 1) * Math.sqrt(n);
  let low = 0;
  let high = 1;
  while (jStat.noncentralt.cdf(high, n - 1, noncentrality) < confidence) high *= 2;
  // Bisection down to the resolution of a double: at most 60 halvings matter.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (jStat.noncentralt.cdf(middle, n - 1, noncentrality) < confidence) low = middle;
    else high = middle;
  }
  return high / Math.sqrt(n);
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
