import type { Bands, Recipe, TrialResult } from '@labproof/core';
import { syntheticBands, syntheticLab, syntheticTrials } from './lab.ts';

interface Member {
  readonly exercise: string;
  readonly value: number;
  readonly recipe: Recipe;
  readonly results: readonly TrialResult[];
}

/** Made-up runs of networks of 2 to 256 hidden units, six each; two of the smallest are stuck. */
export function syntheticSweep(): Member[] {
  const base = syntheticLab.exercises[1]?.recipe;
  if (base === undefined) throw new RangeError('the synthetic lab has no second exercise');
  return [2, 8, 32, 128, 256].map((units, index) => {
    const [hidden, output] = base.model.layers;
    if (hidden === undefined || output === undefined) throw new RangeError('two layers expected');
    const recipe: Recipe = {
      ...base,
      model: {
        name: `synthetic_${units}`,
        layers: [{ ...hidden, config: { ...hidden.config, units } }, output],
      },
      epochs: 10,
    };
    const results = syntheticTrials(40 + index, 0.6, 0.72 + 0.065 * index)
      .slice(0, 6)
      .map((trial, run) =>
        units === 2 && run < 2
          ? { ...trial, test: { loss: 2.3, accuracy: 0.1 + run / 50 } }
          : trial,
      );
    return { exercise: `mnist-mlp-${units}`, value: units, recipe, results };
  });
}

export function syntheticBandsOfSweep({ exercise, results }: Member): Bands {
  return syntheticBands(exercise, results);
}
