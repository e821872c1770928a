import type { Bands } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { stuckRuns, stuckTable } from '../scripts/readme/stuck-runs.ts';
import { findExercise, Labs } from '../src/index.ts';

const labs = new Labs();

const lab = labs.find('deep-networks-and-convolution');

function bandsWith(accuracies: readonly number[]): Bands {
  const { bands } = findExercise(lab, 'mnist-mlp-sgd-20');
  if (bands === null) throw new Error('measured bands were expected');
  const trials = accuracies.map((accuracy, index) => ({
    seed: index + 1,
    digest: '',
    loss: 0.01,
    accuracy,
  }));
  return { ...bands, n: trials.length, trials };
}

describe('stuckRuns', () => {
  it('counts what lies below the first gap that is too wide for chance', () => {
    const runs = stuckRuns(bandsWith([0.96, 0.67, 0.92, 0.77, 0.905, 0.85]));
    expect(runs).toMatchObject({ n: 6, stuck: 2, working: [0.96, 0.92, 0.905, 0.85] });
  });

  it("gives Wilson's interval", () => {
    const half = stuckRuns(bandsWith([...Array(10).fill(0.96), ...Array(10).fill(0.86)]));
    expect(half.interval.map((share) => share.toFixed(4))).toEqual(['0.2993', '0.7007']);
    // None of n: from 0 to z² / (n + z²).
    const none = stuckRuns(bandsWith(Array(20).fill(0.96)));
    expect(none.interval[0]).toBeCloseTo(0, 12);
    expect(none.interval[1]).toBeCloseTo(1.959964 ** 2 / (20 + 1.959964 ** 2), 12);
  });

  it('finds in the measured trials that rectified outputs fail often and softmax outputs only with two hidden units', () => {
    for (const { id, recipe, bands } of lab.exercises) {
      if (recipe.dataset !== 'mnist' || bands === null) continue;
      const { n, stuck } = stuckRuns(bands);
      const rectified = recipe.model.layers.at(-1)?.config['activation'] === 'relu';
      if (rectified) expect([id, stuck >= n / 3]).toEqual([id, true]);
      // One of two hidden units that dies takes half of the network along.
      else expect([id, stuck]).toEqual([id, id === 'mnist-mlp-hidden-2' ? 5 : 0]);
    }
  });
});

describe('stuckTable', () => {
  it('has a row for every network with rectified outputs, measured or not', () => {
    const unmeasured: Lab = {
      ...lab,
      exercises: lab.exercises.map((exercise) =>
        exercise.id === 'mnist-mlp-adam' ? { ...exercise, bands: null } : exercise,
      ),
    };
    const rows = stuckTable(unmeasured).split('\n').slice(2);
    expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual([
      '`mnist-mlp-sgd-5`',
      '`mnist-mlp-sgd-20`',
      '`mnist-mlp-sgd-slow`',
      '`mnist-mlp-adam`',
    ]);
    expect(rows[3]).toContain('not measured yet');
  });
});
