import { describe, expect, it } from 'vitest';
import { findStuckRuns, stuckGap } from '../../src/statistics/stuck-runs.ts';

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
});
