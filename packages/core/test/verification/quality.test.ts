import { describe, expect, it } from 'vitest';
import type { Bands } from '../../src/bands/bands.ts';
import type { TrialResult } from '../../src/trials/trial-result.ts';
import { compareQuality, qualityChange } from '../../src/verification/quality.ts';

/** Seeds 1 and 2 got stuck when the lab was calibrated, 3 and 4 did not. */
const bands = {
  trials: [0.52, 0.61, 0.96, 0.97].map((accuracy, index) => ({ seed: index + 1, accuracy })),
  test: { accuracy: { sd: 0.2 }, accuracyLower: { value: 0.9 } },
} as unknown as Bands;

function verdict(accuracies: Readonly<Record<number, number>>): [string, string] {
  const trials = Object.entries(accuracies).map(
    ([seed, accuracy]) => ({ seed: Number(seed), test: { accuracy } }) as TrialResult,
  );
  const details: string[] = [];
  return [compareQuality(bands, trials, qualityChange(bands, trials), details), details.join()];
}

describe('fixed seeds', () => {
  it('have not drifted where they lie below the pass mark as they did', () => {
    const [said, detail] = verdict({ 1: 0.52, 2: 0.61, 3: 0.96 });
    expect(said).toBe('ok');
    expect(detail).toContain(
      '2 of 3 below the pass mark 0.9000, 0 of them not so at the calibration',
    );
  });

  it('have drifted where two fall below it that did not', () => {
    expect(verdict({ 1: 0.52, 3: 0.89, 4: 0.97 })[0]).toBe('ok');
    expect(verdict({ 1: 0.52, 3: 0.89, 4: 0.89 })[0]).toBe('drifted');
  });

  it('have drifted where their mean moved by more than a standard deviation', () => {
    expect(verdict({ 1: 0.9, 2: 0.95 })[0]).toBe('drifted');
  });
});
