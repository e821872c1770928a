import { describe, expect, it } from 'vitest';
import type { PassingPlan } from '@labproof/core';
import { DEFAULT_PASSING_RULE } from '@labproof/core/statistics';
import type { TrainedExercise } from '../src/training/train.ts';
import { trainTrials, trialCount } from '../src/training/enough-trials.ts';

const RULE = { ...DEFAULT_PASSING_RULE, honest: { oneIn: 20 } };

/**
 * The fewest normal runs that keep "1 in 20" and "1 in 5 of models 4 sd worse" by one mark: the factor of the first
 * (0.95 with 95 % confidence) is at most that of the second (Φ(4 − 0.8416) with 5 %). By SciPy's noncentral t they are
 * 2.423 and 2.418 at 19 runs, 2.396 and 2.434 at 20.
 */
const ENOUGH = 20;

/** Trains with given accuracies, and notes how many trials were asked for. */
function training(accuracyOf: (index: number) => number): {
  asked: number[];
  said: string[];
  parts: Parameters<typeof trainTrials>[1];
  plan: (plan: PassingPlan) => Parameters<typeof trainTrials>[1];
} {
  const [asked, said]: [number[], string[]] = [[], []];
  const train = (count: number): Promise<TrainedExercise> => {
    asked.push(count);
    const trials = Array.from({ length: count }, (_, index) => ({
      result: { test: { accuracy: accuracyOf(index) } },
    }));
    return Promise.resolve({ trials } as unknown as TrainedExercise);
  };
  const parts = {
    exercise: 'some-network',
    plan: { rule: RULE, runs: 'alike' as const },
    say: (line: string) => void said.push(line),
    train,
  };
  return { asked, said, parts, plan: (plan) => ({ ...parts, plan }) };
}

const alike = (index: number): number => 0.97 + (index % 7) / 1000;

describe('the trials of a calibration', () => {
  it('are as many as were asked for', async () => {
    const { asked, parts } = training(alike);
    expect((await trainTrials(12, parts)).trials).toHaveLength(12);
    expect(asked).toEqual([12]);
  });

  it('are enough for one mark by the rule alone, however far the runs scatter', async () => {
    const [near, far] = [training(alike), training((index) => 0.5 + (index % 40) / 100)];
    await trainTrials('enough', near.parts);
    await trainTrials('enough', far.parts);
    expect(near.asked).toEqual([ENOUGH]);
    expect(far.asked).toEqual([ENOUGH]);
    expect(near.said.join('')).toContain(`${ENOUGH} runs that work are enough for one mark`);
  });

  it('are more where some get stuck, until so many work', async () => {
    const { asked, said, plan } = training((index) => (index % 3 === 2 ? 0.1 : alike(index)));
    const { trials } = await trainTrials('enough', plan({ rule: RULE, runs: 'may-stick' }));
    const working = trials.filter(({ result }) => result.test.accuracy > 0.5).length;
    expect(working).toBeGreaterThanOrEqual(ENOUGH);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked).toEqual(asked.toSorted((a, b) => a - b));
    expect(said.join('')).toMatch(/\d+ of \d+ runs are stuck; \d+ more are trained/u);
  });

  it('are not trained for a promise that no number of runs keeps', async () => {
    const { asked, plan } = training(alike);
    const strict = { ...RULE, worse: { shiftSd: 1, oneIn: 5 } };
    await expect(trainTrials('enough', plan({ rule: strict, runs: 'alike' }))).rejects.toThrow(
      /no number of trials keeps both promises/u,
    );
    expect(asked).toEqual([]);
  });

  it('end where hardly any run works', async () => {
    const { plan } = training((index) => (index === 0 ? 0.97 : 0.1));
    await expect(trainTrials('enough', plan({ rule: RULE, runs: 'may-stick' }))).rejects.toThrow(
      /would have to be trained until/u,
    );
  });

  it('are named by a number or by the word', () => {
    expect(trialCount('299')).toBe(299);
    expect(trialCount('enough')).toBe('enough');
    for (const bad of ['1', '', 'Enough', '2.5'])
      expect(() => trialCount(bad)).toThrow(/"enough"/u);
  });
});
