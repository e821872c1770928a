import { describe, expect, it } from 'vitest';
import type { Epoch, Recipe } from '../../src/index.ts';
import { learningRateAt } from '../../src/training/learning-rate.ts';
import { replayEarlyStopping, replayPlateaus } from '../../src/training/monitor.ts';

const optimizer: Recipe['optimizer'] = {
  class_name: 'SGD',
  learning_rate: 0.5,
  momentum: 0,
  nesterov: false,
  decay: 0,
};

/** Epochs with these validation losses; accuracy goes the other way. */
function historyOf(valLosses: number[]): Epoch[] {
  return valLosses.map((valLoss, index) => ({
    epoch: index + 1,
    loss: valLoss,
    accuracy: 1 - valLoss,
    valLoss,
    valAccuracy: 1 - valLoss,
  }));
}

function rates(
  changes: Partial<Recipe>,
  moments: { epoch?: number; iterations?: number; history?: Epoch[] }[],
): number[] {
  return moments.map(({ epoch = 1, iterations = 0, history = [] }) =>
    learningRateAt({ optimizer, ...changes }, { epoch, iterations, history }),
  );
}

describe('learningRateAt', () => {
  it('is the optimiser’s own as a float where nothing changes it', () => {
    const changed = { optimizer: { ...optimizer, learning_rate: 0.1 } };
    expect(rates(changed, [{ epoch: 9, iterations: 900 }])).toEqual([Math.fround(0.1)]);
  });

  it('decays by iterations as Keras 2', () => {
    const changed = { optimizer: { ...optimizer, decay: 0.25 } };
    expect(rates(changed, [{ iterations: 0 }, { iterations: 4 }, { iterations: 12 }])).toEqual([
      0.5, 0.25, 0.125,
    ]);
  });

  it('drops in steps of epochs', () => {
    const schedule = { kind: 'step', factor: 0.5, everyEpochs: 2 } as const;
    const moments = [1, 2, 3, 4, 5].map((epoch) => ({ epoch }));
    expect(rates({ schedule }, moments)).toEqual([0.5, 0.5, 0.25, 0.25, 0.125]);
  });

  it.each([
    ['exponential', false, (t: number) => 0.5 * 0.5 ** (t / 4)],
    ['exponential', true, (t: number) => 0.5 * 0.5 ** Math.floor(t / 4)],
    ['inverse-time', false, (t: number) => 0.5 / (1 + 0.5 * (t / 4))],
    ['inverse-time', true, (t: number) => 0.5 / (1 + 0.5 * Math.floor(t / 4))],
  ] as const)('follows %s (staircase %s)', (kind, staircase, expected) => {
    const schedule = { kind, staircase, decayRate: 0.5, decaySteps: 4 };
    for (const iterations of [0, 1, 3, 4, 7, 8, 1000]) {
      const [rate] = rates({ schedule }, [{ iterations }]);
      expect(rate).toBeCloseTo(expected(iterations), 7);
    }
  });

  it('takes piecewise values, a boundary still belonging to the part before it', () => {
    const schedule = { kind: 'piecewise', boundaries: [2, 5], values: [1, 0.5, 0.25] } as const;
    const moments = [0, 2, 3, 5, 6].map((iterations) => ({ iterations }));
    const changed = { schedule: { ...schedule, boundaries: [2, 5], values: [1, 0.5, 0.25] } };
    expect(rates(changed, moments)).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });
});

describe('replayPlateaus', () => {
  const options = {
    monitor: 'val_loss',
    factor: 0.5,
    patience: 2,
    minDelta: 0.01,
    cooldown: 0,
    minLearningRate: 0.2,
  } as const;
  const after = (changes: object, losses: number[]): number =>
    replayPlateaus({ ...options, ...changes }, 1, historyOf(losses));

  it('halves the rate after two epochs without improvement, down to the least rate', () => {
    expect(after({}, [0.9, 0.8, 0.8])).toBe(1);
    expect(after({}, [0.9, 0.8, 0.8, 0.795])).toBe(0.5);
    expect(after({}, [0.9, 0.8, 0.8, 0.8, 0.8, 0.8])).toBe(0.25);
    expect(after({}, [0.9, ...Array.from({ length: 20 }, () => 0.9)])).toBe(Math.fround(0.2));
  });

  it('starts to wait again after an improvement', () => {
    expect(after({}, [0.9, 0.9, 0.7, 0.7])).toBe(1);
  });

  it('does not wait during the cooldown', () => {
    // Reduced after epoch 3; epoch 4 is the cooldown's last, so epochs 4 and 5 have to pass.
    expect(after({ cooldown: 2 }, [0.9, 0.9, 0.9, 0.9, 0.9])).toBe(0.5);
    expect(after({ cooldown: 2 }, [0.9, 0.9, 0.9, 0.9, 0.9, 0.9])).toBe(0.25);
  });

  it('looks for larger accuracies', () => {
    expect(after({ monitor: 'accuracy' }, [0.9, 0.8, 0.7])).toBe(1);
    expect(after({ monitor: 'val_accuracy' }, [0.7, 0.8, 0.9])).toBe(0.5);
  });
});

describe('replayEarlyStopping', () => {
  const options = {
    monitor: 'val_loss',
    minDelta: 0,
    patience: 2,
    restoreBestWeights: false,
  } as const;

  it('stops after so many epochs without improvement', () => {
    const state = (losses: number[]) => replayEarlyStopping(options, historyOf(losses));
    expect(state([0.9, 0.5, 0.6])).toEqual({ stop: false, bestEpoch: 2 });
    expect(state([0.9, 0.5, 0.6, 0.5])).toEqual({ stop: true, bestEpoch: 2 });
    expect(state([0.9, 0.5, 0.6, 0.4])).toEqual({ stop: false, bestEpoch: 4 });
  });

  it('with patience 0 stops at the first epoch that is no better, but not at the first of all', () => {
    const state = (losses: number[]) =>
      replayEarlyStopping({ ...options, patience: 0 }, historyOf(losses)).stop;
    expect([state([0.9]), state([0.9, 0.8]), state([0.9, 0.9])]).toEqual([false, false, true]);
  });

  it('an improvement of minDelta or less counts for nothing', () => {
    const strict = { ...options, minDelta: 0.25 };
    expect(replayEarlyStopping(strict, historyOf([1, 0.75, 0.75])).bestEpoch).toBe(1);
    expect(replayEarlyStopping(strict, historyOf([1, 0.75, 0.5])).bestEpoch).toBe(3);
  });
});
