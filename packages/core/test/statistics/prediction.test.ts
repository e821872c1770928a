import { describe, expect, it } from 'vitest';
import { furtherRunProbability } from '../../src/statistics/prediction.ts';
import { modelOfRuns } from '../../src/statistics/run-model.ts';
import { drawRuns, monteCarloError, numbers, POPULATIONS } from './coverage/populations.ts';

function predictionProbability(
  runs: readonly number[],
  accuracy: number,
  resolution: number,
): number {
  return furtherRunProbability(
    modelOfRuns(runs, { kind: 'alike', resolution }),
    accuracy,
    resolution,
  );
}

const runs = [0.976, 0.978, 0.977, 0.975, 0.979];
const IMAGE = 1 / 10_000;

describe('furtherRunProbability', () => {
  it('is near 1 in the middle, falls outwards, and is the same on both sides of a symmetric case', () => {
    const at = (accuracy: number): number => predictionProbability(runs, accuracy, IMAGE);
    expect(at(0.977)).toBeGreaterThan(0.95);
    expect(at(0.979)).toBeLessThan(at(0.978));
    expect(at(0.99)).toBeLessThan(0.001);
    expect(at(0.94)).toBeLessThan(0.001);
    const half = [0.49, 0.5, 0.51];
    expect(predictionProbability(half, 0.47, IMAGE)).toBeCloseTo(
      predictionProbability(half, 0.53, IMAGE),
      6,
    );
  });

  it('is Student’s t of a prediction', () => {
    // Three runs with logits −1, 0, 1: sd 1, and logit(x) = 2 · √(4/3) is t = 2 with 2 degrees of freedom.
    const back = (logit: number): number => 1 / (1 + Math.exp(-logit));
    const three = [back(-1), back(0), back(1)];
    // 2 · (1 − F(2)) = 1 − 2/√6 for two degrees of freedom.
    expect(predictionProbability(three, back(2 * Math.sqrt(4 / 3)), 1e-9)).toBeCloseTo(
      1 - 2 / Math.sqrt(6),
      5,
    );
  });

  it.each([5, 20, 299])('of %i runs sends one honest run in a hundred to a reader', (n) => {
    const draw = numbers(n);
    const simulations = 2000;
    const normalRuns = POPULATIONS['normal'];
    if (normalRuns === undefined) throw new Error('no normal runs');
    let read = 0;
    for (let at = 0; at < simulations; at += 1) {
      const [accuracy = 0, ...others] = drawRuns(normalRuns, n + 1, draw);
      if (predictionProbability(others, accuracy, 1e-9) < 0.01) read += 1;
    }
    expect(Math.abs(read / simulations - 0.01)).toBeLessThan(monteCarloError(0.01, simulations));
  });

  it('knows runs that are all the same, and accuracies of 0 and 1', () => {
    expect(predictionProbability([0.9, 0.9, 0.9], 0.9, IMAGE)).toBe(1);
    expect(predictionProbability([0.9, 0.9, 0.9], 0.95, IMAGE)).toBeLessThan(0.001);
    expect(predictionProbability([1, 1, 1], 1, IMAGE)).toBe(1);
    expect(() => predictionProbability([0.9], 0.9, IMAGE)).toThrow(RangeError);
  });

  it('takes a run below all that work for one that is stuck, where runs may get stuck', () => {
    const half = [0.95, 0.951, 0.952, 0.949, 0.75, 0.76, 0.74, 0.65];
    const of = (kind: 'alike' | 'may-stick', accuracy: number): number =>
      furtherRunProbability(modelOfRuns(half, { kind, resolution: IMAGE }), accuracy, IMAGE);
    expect(of('may-stick', 0.75)).toBeCloseTo(0.5, 6);
    expect(of('may-stick', 0.951)).toBeLessThan(0.5);
    expect(of('may-stick', 0.99)).toBeLessThan(0.001);
    expect(of('alike', 0.99)).toBeGreaterThan(0.01);
  });
});
