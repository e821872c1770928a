import { describe, expect, it } from 'vitest';
import { PlaygroundConfigSchema, seededRuns, tallyOf } from '../../src/playground/index.ts';

const settings = {
  config: PlaygroundConfigSchema.parse({ dataset: 'gauss' }),
  epochs: 3,
  target: 0.02,
};

describe('the tally of a playground network', () => {
  it('is the same however the seeds were shared out', () => {
    const whole = seededRuns(settings, 1, 7);
    const shared = [
      ...seededRuns(settings, 1, 3),
      ...seededRuns(settings, 4, 4),
      ...seededRuns(settings, 5, 7),
    ];
    expect(shared).toEqual(whole);
    expect(whole.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(tallyOf(shared)).toEqual(tallyOf(whole));
  });

  it('shows the first run that reached the target, else the best, and no loss of one that diverged', () => {
    const run = (seed: number, testLoss: number, reached: boolean) => ({
      seed,
      epochs: 3,
      testLoss,
      reached,
    });
    expect(tallyOf([run(1, 0.5, false), run(2, 0.01, true), run(3, 0.005, true)])).toEqual({
      successes: 2,
      shown: { seed: 2, epochs: 3, testLoss: 0.01 },
    });
    expect(tallyOf([run(1, 0.5, false), run(2, 0.3, false)]).shown.seed).toBe(2);
    expect(tallyOf([run(1, Number.NaN, false)]).shown.testLoss).toBe(null);
    expect(() => tallyOf([])).toThrow(RangeError);
  });
});
