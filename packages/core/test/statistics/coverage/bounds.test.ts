import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawMarks, type Marks } from '../../../src/bands/passing.ts';
import { DEFAULT_PASSING_RULE as rule } from '../../../src/statistics/passing-rule.ts';
import { logit } from '../../../src/statistics/run-scale.ts';
import {
  CENTRE,
  drawRuns,
  monteCarloError,
  normal,
  numbers,
  type Population,
  POPULATIONS,
  SD,
} from './populations.ts';

const SIMULATIONS = 400;
const IMAGES = 1e9;

const deviations = (accuracy: number, sd = SD): number => (logit(accuracy) - CENTRE) / sd;

/** Over so many calibrations. */
interface Simulated {
  /** Those whose pass mark at most 1 in 200 honest runs that work misses. */
  readonly honest: number;
  /** Those whose upper bound at most 1 in 200 honest runs that work exceeds. */
  readonly above: number;
  /** Those in which at most 1 in 5 models that are 4 deviations worse gets its points unread. */
  readonly worse: number;
  /** Honest runs that lose their points unread. */
  readonly lost: number;
}

function simulate(name: string, n: number, images = IMAGES): Simulated {
  const population = populationOf(name);
  // Marks are for the runs that work; the stuck ones of two heaps wait for a reader.
  const works = name === 'two heaps' ? populationOf('normal') : population;
  const runs = name === 'two heaps' ? 'may-stick' : 'alike';
  const draw = numbers(1000 + n);
  let [honest, above, worse, lost] = [0, 0, 0, 0];
  for (let at = 0; at < SIMULATIONS; at += 1) {
    const accuracies = drawRuns(population, n, draw, { images });
    const { lower, upper, passing } = drawMarks(accuracies, images, { rule, runs });
    // An accuracy that is rounded reaches a mark from half a step below it.
    const half = images === IMAGES ? 0 : 0.5 / images;
    const missed = works.below(deviations(Math.floor(lower.value * images) / images + half));
    if (missed <= 1 / rule.honest.oneIn) honest += 1;
    if (1 - works.below(deviations(upper.value)) <= 1 / rule.honest.oneIn) above += 1;
    const passes = 1 - works.below(deviations(passing.sureFrom) + rule.worse.shiftSd);
    if (passes <= 1 / rule.worse.oneIn) worse += 1;
    lost += population.below(deviations(passing.lostBelow)) / SIMULATIONS;
  }
  return {
    honest: honest / SIMULATIONS,
    above: above / SIMULATIONS,
    worse: worse / SIMULATIONS,
    lost,
  };
}

function populationOf(name: string): Population {
  const population = POPULATIONS[name];
  if (population === undefined) throw new Error(`no population "${name}"`);
  return population;
}

const known = new Map<string, Simulated>();
function simulated(name: string, n: number): Simulated {
  const result = known.get(`${name} ${n}`) ?? simulate(name, n);
  known.set(`${name} ${n}`, result);
  return result;
}

const COUNTS = [5, 10, 20, 59, 299];

describe('marks of normal runs', () => {
  it.each(COUNTS)('of %i runs keep the promise to honest runs in 95 of 100 calibrations', (n) => {
    const { honest } = simulated('normal', n);
    expect(Math.abs(honest - 0.95)).toBeLessThan(monteCarloError(0.95, SIMULATIONS));
  });

  it.each(COUNTS)('of %i runs have an upper bound that keeps the same promise', (n) => {
    const { above } = simulated('normal', n);
    expect(Math.abs(above - 0.95)).toBeLessThan(monteCarloError(0.95, SIMULATIONS));
    // Runs with a long tail below have a short one above.
    expect(simulated('skewed', n).above).toBeGreaterThan(above - 0.05);
  });

  it.each(COUNTS)('of %i runs keep the promise about worse models in 95 of 100 at least', (n) => {
    const { worse } = simulated('normal', n);
    expect(worse).toBeGreaterThan(0.95 - monteCarloError(0.95, SIMULATIONS));
  });

  it.each([20, 59])('of %i runs that are rounded to 1,000 test images keep it as well', (n) => {
    const { honest } = simulate('normal', n, 1000);
    expect(honest).toBeGreaterThan(0.95 - monteCarloError(0.95, SIMULATIONS));
  });
});

describe('marks of runs of any distribution', () => {
  const all = Object.keys(POPULATIONS).flatMap((name) => COUNTS.map((n) => [name, n] as const));

  it.each(all)(
    '%s, %i runs: on average 1 in n + 1 honest runs loses its points unread, at most',
    (name, n) => {
      const { lost } = simulated(name, n);
      // Its deviation between calibrations is at most as large as itself.
      expect(lost).toBeLessThan((1 / (n + 1)) * (1 + 4 / Math.sqrt(SIMULATIONS)));
    },
  );

  const stated = statedConfidences();
  it.each(stated)(
    '%s, %i runs: the confidence that docs/thresholds.md states is the simulated one',
    (name, n, percent) => {
      const { honest } = simulated(name, n);
      expect(Math.abs(honest - percent / 100)).toBeLessThan(
        monteCarloError(Math.min(0.95, Math.max(0.05, percent / 100)), SIMULATIONS) + 0.005,
      );
    },
  );

  it('are stated for every population and number of runs', () => {
    expect(stated.map(([name, n]) => `${name} ${n}`).toSorted()).toEqual(
      all.map(([name, n]) => `${name} ${n}`).toSorted(),
    );
  });

  it('are runs themselves from 598 of them on, and keep their promise whatever the distribution', () => {
    const draw = numbers(598);
    const skewed = populationOf('skewed');
    let kept = 0;
    for (let at = 0; at < SIMULATIONS; at += 1) {
      const { lower } = drawMarks(drawRuns(skewed, 598, draw), IMAGES, { rule, runs: 'alike' });
      expect(lower).toMatchObject({ k: null, rank: 1 });
      if (skewed.below(deviations(lower.value)) <= 1 / rule.honest.oneIn) kept += 1;
    }
    expect(Math.abs(kept / SIMULATIONS - 0.95)).toBeLessThan(monteCarloError(0.95, SIMULATIONS));
  });
});

describe('marks with the spread of sisters', () => {
  /** Six sisters of few runs each, whose deviations differ as those of the labs do (a factor of 1.4). */
  function withSisters(
    n: number,
    draw: () => number,
  ): { readonly marks: Marks; readonly sd: number } {
    const spread = (): number => SD * Math.exp(0.35 * normal(draw));
    const sisters = [5, 5, 5, 10, 10, 20].map((runs, at) => {
      const sd = spread();
      const values = Array.from({ length: runs }, () => sd * normal(draw));
      const mean = values.reduce((sum, value) => sum + value, 0) / runs;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { exercise: `sister-${at}`, n: runs, sd: Math.sqrt(squares / (runs - 1)) };
    });
    const sd = spread();
    const accuracies = drawRuns(populationOf('normal'), n, draw, { sd });
    return { marks: drawMarks(accuracies, IMAGES, { rule, runs: 'alike', sisters }), sd };
  }

  it.each([5, 10])(
    'of %i runs keep both promises in 95 of 100 exercises, and lie closer than without',
    (n) => {
      const draw = numbers(77 + n);
      const simulations = 200;
      let [honest, worse, factor] = [0, 0, 0];
      for (let at = 0; at < simulations; at += 1) {
        const { marks, sd } = withSisters(n, draw);
        const { lower, passing } = marks;
        if (populationOf('normal').below(deviations(lower.value, sd)) <= 1 / 200) honest += 1;
        const passes = 1 - populationOf('normal').below(deviations(passing.sureFrom, sd) + 4);
        if (passes <= 1 / 5) worse += 1;
        factor += -deviations(lower.value, sd) / simulations;
      }
      expect(honest / simulations).toBeGreaterThan(0.95 - monteCarloError(0.95, simulations));
      expect(honest / simulations).toBeLessThan(0.995);
      expect(worse / simulations).toBeGreaterThan(0.95 - monteCarloError(0.95, simulations));
      // From 5 and 10 runs alone the mark lies 5.5 and 4.1 deviations below their mean.
      expect(factor).toBeLessThan(n === 5 ? 4.8 : 4);
    },
  );
});

/** The table in docs/thresholds.md: a row a population, a column a number of runs, in percent. */
function statedConfidences(): [string, number, number][] {
  const text = readFileSync(new URL('../../../../../docs/thresholds.md', import.meta.url), 'utf8');
  const [, table = ''] = text.split('<!-- confidence by distribution -->');
  const [head = [], , ...rows] = table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.length > 1);
  return rows
    .filter(([name = '']) => name in POPULATIONS)
    .flatMap(([name = '', ...cells]) =>
      cells.map((cell, at): [string, number, number] => [
        name,
        Number(head[at + 1]),
        Number(cell.replace('%', '')),
      ]),
    );
}
