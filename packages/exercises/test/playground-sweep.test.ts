import { measurePlayground, readPlaygroundConfig } from '@labproof/core/playground';
import { playgroundsOf } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { Labs } from '../src/index.ts';
import { playgroundVerdict } from '../scripts/readme/playground-verdict.ts';

const labs = new Labs();

const [spiral] = playgroundsOf(labs.find('image-recognition'));
if (spiral?.sweep === null || spiral === undefined) throw new Error('the spiral has no sweep');
const { sweep } = spiral;

describe('the stored sweep of the spiral', () => {
  it('still is what the simulator gives, at a sample of its measurements', () => {
    const { epochs, target, screening } = sweep;
    const sample = screening.filter((_, index) => index % 97 === 5);
    expect(sample.length).toBeGreaterThanOrEqual(3);
    for (const measurement of sample) {
      const { config, firstSeed, runs } = measurement;
      expect(
        measurePlayground(readPlaygroundConfig(config), { firstSeed, runs, epochs, target }),
      ).toEqual(measurement);
    }
  });

  it('has the claim with many seeds, as the exercise is set up', () => {
    const { measurement, epochs } = sweep.claim ?? {};
    expect(readPlaygroundConfig(measurement?.config ?? '')).toEqual(spiral.config);
    expect(epochs).toBe(spiral.epochs);
    expect(measurement?.runs).toBeGreaterThanOrEqual(1000);
  });

  it('tries each network with the whole grid, and confirms with fresh seeds', () => {
    const { grid, screening, confirmation } = sweep;
    const { activations, learningRates, batchSizes, shares } = grid;
    const perNetwork = new Map<string, number>();
    for (const { config } of screening) {
      const { networkShape, features } = readPlaygroundConfig(config);
      const key = JSON.stringify([networkShape, features]);
      perNetwork.set(key, (perNetwork.get(key) ?? 0) + 1);
    }
    const settings = learningRates.length * batchSizes.length;
    for (const [network, count] of perNetwork) {
      const expected = network.startsWith('[[],') ? settings : settings * activations.length;
      expect([network, count]).toEqual([network, expected]);
    }
    expect(confirmation).toHaveLength(perNetwork.size * shares.length);
    const screened = Math.max(...screening.map(({ firstSeed, runs }) => firstSeed + runs));
    expect(confirmation.every(({ firstSeed }) => firstSeed >= screened)).toBe(true);
  });
});

describe('the verdict on a claim', () => {
  const { claim } = sweep;
  const verdictOf = (successes: number): string => {
    if (claim === null) throw new Error('no claim');
    const measurement = { ...claim.measurement, runs: 1000, successes };
    return playgroundVerdict('lab', {
      ...spiral,
      sweep: { ...sweep, claim: { ...claim, measurement } },
    });
  };

  it.each([
    [0, 'is refuted: 0 of 1000'],
    [30, 'is refuted'],
    [40, 'is possible, but not to be relied on'],
    [500, 'is possible, but not to be relied on'],
    [600, 'is confirmed: 600 of 1000'],
  ])('%i of 1000 runs: %s', (successes, words) => {
    expect(verdictOf(successes)).toContain(words);
  });

  it('says so where nothing is measured', () => {
    expect(playgroundVerdict('lab', { ...spiral, sweep: null })).toContain('not been measured');
  });
});
