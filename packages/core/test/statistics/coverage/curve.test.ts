import { describe, expect, it } from 'vitest';
import { normalShare } from '../../../src/elementary/error-function.ts';
import { honestShares, operatingCurve } from '../../../src/statistics/operating-curve.ts';
import { modelOfRuns } from '../../../src/statistics/run-model.ts';
import {
  CENTRE,
  drawRuns,
  monteCarloError,
  numbers,
  type Population,
  POPULATIONS,
  SD,
} from './populations.ts';

const SIMULATIONS = 120;
/** A mark that is given, as that of an older version is. */
const MARK = CENTRE - 2.6 * SD;
const marks = { pass: MARK, sureFrom: MARK, lostBelow: MARK };

function populationOf(name: string): Population {
  const population = POPULATIONS[name];
  if (population === undefined) throw new Error(`no population "${name}"`);
  return population;
}

describe('the operating curve', () => {
  it.each([
    ['normal', 5, 'alike'],
    ['normal', 20, 'alike'],
    ['normal', 299, 'alike'],
    ['two heaps', 59, 'may-stick'],
  ] as const)(
    '%s, %i runs: its intervals hold the true shares in 95 of 100 calibrations',
    (name, n, kind) => {
      const draw = numbers(31 * n);
      const truth = (shift: number): number =>
        normalShare(2.6 - shift) * (name === 'two heaps' ? 11 / 12 : 1);
      const held = [0, 0, 0, 0, 0, 0];
      for (let at = 0; at < SIMULATIONS; at += 1) {
        const runs = drawRuns(populationOf(name), n, draw);
        const curve = operatingCurve(modelOfRuns(runs, { kind, resolution: 1e-9 }), marks);
        for (const [index, { shiftSd, pass, low, high }] of curve.entries()) {
          expect(low).toBeLessThanOrEqual(pass);
          expect(pass).toBeLessThanOrEqual(high);
          if (low <= truth(shiftSd) && truth(shiftSd) <= high) held[index] = (held[index] ?? 0) + 1;
        }
      }
      for (const count of held) {
        expect(count / SIMULATIONS).toBeGreaterThan(0.95 - monteCarloError(0.95, SIMULATIONS));
        // From 59 runs on they hold what the runs themselves show as well, and so are wider.
        if (n < 59) expect(count / SIMULATIONS).toBeLessThan(1);
      }
    },
  );

  it.each([59, 299])('of %i skewed runs promises no more than they show', (n) => {
    const draw = numbers(7 * n);
    const skewed = populationOf('skewed');
    let held = 0;
    for (let at = 0; at < SIMULATIONS; at += 1) {
      const model = modelOfRuns(drawRuns(skewed, n, draw), { kind: 'alike', resolution: 1e-9 });
      const [honest] = operatingCurve(model, marks);
      const truth = 1 - skewed.below(-2.6);
      if (honest !== undefined && honest.low <= truth && truth <= honest.high) held += 1;
    }
    expect(held / SIMULATIONS).toBeGreaterThan(0.95 - monteCarloError(0.95, SIMULATIONS));
  });

  it.each([
    ['skewed', 'alike'],
    ['heavy tails', 'alike'],
    ['two heaps', 'may-stick'],
  ] as const)('gives no more %s runs their points unread than pass', (name, kind) => {
    const draw = numbers(299);
    for (let at = 0; at < 5; at += 1) {
      const model = modelOfRuns(drawRuns(populationOf(name), 299, draw), {
        kind,
        resolution: 1e-9,
      });
      const lostBelow = Math.min(MARK, ...model.working);
      for (const { pass, sure = 0, lost = 0 } of operatingCurve(model, { ...marks, lostBelow })) {
        expect(sure).toBe(pass);
        expect(sure + lost).toBeLessThanOrEqual(1);
      }
      const higher = operatingCurve(model, { ...marks, sureFrom: MARK + 0.1 * SD, lostBelow });
      for (const { pass, sure = 0 } of higher) expect(sure).toBeLessThanOrEqual(pass);
    }
  });

  it('falls with every deviation, and narrows with more runs', () => {
    const widths = [5, 20, 299].map((n) => {
      const runs = drawRuns(populationOf('normal'), n, numbers(3));
      const curve = operatingCurve(modelOfRuns(runs, { kind: 'alike', resolution: 1e-9 }), marks);
      const shares = curve.map(({ pass }) => pass);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      return (curve[3]?.high ?? 1) - (curve[3]?.low ?? 0);
    });
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  it('gives shares of honest runs that are spread as their intervals say', () => {
    const runs = drawRuns(populationOf('normal'), 20, numbers(5));
    const model = modelOfRuns(runs, { kind: 'alike', resolution: 1e-9 });
    const shares = honestShares(model, MARK);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const [honest] = operatingCurve(model, marks);
    expect(shares.filter((share) => share < (honest?.low ?? 0)).length).toBe(5);
    expect(shares.filter((share) => share > (honest?.high ?? 0)).length).toBe(5);
  });
});
