import { describe, expect, it } from 'vitest';
import { findStuckRuns, runsInGap, stuckGap } from '../../src/statistics/stuck-runs.ts';
import { normal, numbers } from './coverage/populations.ts';

describe('runs that are stuck', () => {
  it('are those below the first gap, also where they are most', () => {
    // Rounded final accuracies of twenty runs whose relu outputs die.
    const real = [
      0.676, 0.679, 0.769, 0.771, 0.776, 0.784, 0.853, 0.853, 0.869, 0.869, 0.87, 0.872, 0.874,
      0.876, 0.877, 0.959, 0.962, 0.962, 0.964, 0.968,
    ];
    const found = findStuckRuns(real);
    expect(found?.workingFrom).toBe(0.959);
    expect(found?.stuck).toHaveLength(15);
  });

  it('are none where runs scatter without a gap', () => {
    const wide = [0.595, 0.613, 0.628, 0.641, 0.658, 0.67, 0.684, 0.702];
    expect(findStuckRuns(wide)).toEqual({ stuck: [], workingFrom: 0.595 });
    expect(findStuckRuns([0.9, 0.9, 0.9, 0.9, 0.9])?.stuck).toEqual([]);
    expect(findStuckRuns([0.95, 0.88, 0.95, 0.95, 0.95])?.stuck).toEqual([]);
    expect(findStuckRuns([0.95, 0.879, 0.95, 0.95, 0.95])?.stuck).toEqual([1]);
  });

  it('are not judged among fewer than five', () => {
    expect(findStuckRuns([0.9, 0.1, 0.9, 0.9])).toBeNull();
  });

  it('include those whose weights are no numbers', () => {
    expect(findStuckRuns([0.9, Number.NaN, 0.91, 0.92, 0.9])?.stuck).toEqual([1]);
    expect(findStuckRuns(Array.from({ length: 5 }, () => Number.NaN))?.stuck).toHaveLength(5);
  });

  it('need a smaller gap the more runs there are', () => {
    expect([5, 10, 20, 40].map((n) => stuckGap(n).toFixed(3))).toEqual([
      '0.070',
      '0.050',
      '0.040',
      '0.035',
    ]);
  });

  it('may leave a run of a hundred in the gap, which its widest step parts', () => {
    const works = Array.from({ length: 60 }, (_, at) => 0.94 + at / 10_000);
    const fails = Array.from({ length: 140 }, (_, at) => 0.86 - at / 10_000);
    expect([99, 100, 299, 300].map(runsInGap)).toEqual([0, 1, 2, 3]);
    expect(findStuckRuns([...works, 0.88, ...fails])?.stuck).toHaveLength(141);
    expect(findStuckRuns([...works, 0.918, 0.89, ...fails])?.workingFrom).toBe(0.918);
    // Three of 200 within three points are too many.
    const filled = [...works, 0.93, 0.92, 0.91, 0.9, 0.89, 0.88, 0.87, ...fails];
    expect(findStuckRuns(filled)?.stuck).toEqual([]);
  });

  it('are none where a few runs lie apart at either end and no more beyond', () => {
    const middle = Array.from({ length: 298 }, (_, at) => 0.9 + at / 10_000);
    expect(findStuckRuns([...middle, 0.88, 0.86])?.stuck).toEqual([]);
    expect(findStuckRuns([0.97, 0.95, ...middle])?.stuck).toEqual([]);
  });

  it.each([299, 1000, 3000])(
    'are as many of %i as get stuck, where one of a hundred is on its way when training ends',
    (n) => {
      const draw = numbers(n);
      const run = (): number => {
        const kind = draw();
        if (kind < 0.01) return 0.85 + 0.09 * draw();
        return kind < 0.35 ? 0.94 + 0.003 * normal(draw) : 0.85 + 0.01 * normal(draw);
      };
      const shares = Array.from({ length: 40 }, () => {
        const accuracies = Array.from({ length: n }, run);
        return (findStuckRuns(accuracies)?.stuck.length ?? 0) / n;
      });
      const near = shares.filter((share) => Math.abs(share - 0.655) < 4 * Math.sqrt(0.226 / n));
      // With no run allowed in it the gap is lost in a third of such draws of 299 runs, and in all of 3,000.
      expect(near.length).toBeGreaterThanOrEqual(38);
    },
  );

  it.each([299, 3000])('are hardly any of %i that scatter widely around one value', (n) => {
    const draw = numbers(n + 1);
    const found = Array.from({ length: 40 }, () =>
      findStuckRuns(Array.from({ length: n }, () => 0.65 + 0.02 * normal(draw))),
    ).filter((runs) => runs?.stuck.length !== 0);
    expect(found.length).toBeLessThanOrEqual(2);
  });
});
