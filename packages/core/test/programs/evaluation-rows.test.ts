import { expect, it } from 'vitest';
import { createOracleKernels, planModel, type Recipe } from '../../src/index.ts';
import { BatchSource } from '../../src/programs/batches.ts';
import { Evaluator } from '../../src/programs/kernels/evaluate.ts';
import { createLoss } from '../../src/programs/kernels/loss.ts';
import { Network } from '../../src/programs/kernels/network.ts';
import { planStrips } from '../../src/programs/kernels/strips.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

/** What evaluating comes to in passes of so many rows, with the losses summed in groups of 32. */
function evaluated(rows: number, changes: Partial<Recipe> = {}) {
  const recipe = syntheticRecipe(changes);
  const { train } = syntheticDataset();
  const kernels = createOracleKernels();
  const plan = planModel(recipe.model);
  const network = new Network(kernels, plan, { rows, training: true, seed: 3 });
  const loss = createLoss(recipe, kernels, network, rows);
  const evaluator = new Evaluator(kernels, network, loss, { rows, group: 32 });
  const source = new BatchSource(kernels, train, recipe.inputScale, rows);
  return evaluator.run(source, 5, train.count);
}

it.each([1, 7, 16, 31])('passes of %i rows give the bits of whole groups', (rows) => {
  expect(evaluated(rows)).toEqual(evaluated(32));
});

/** So many filters that 96 examples do not fit into the cache between two layers. */
const wide: Partial<Recipe> = {
  inputShape: [4, 4, 1],
  model: {
    name: 'wide',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          batch_input_shape: [null, 4, 4, 1],
          filters: 250,
          kernel_size: 2,
          padding: 'same',
          activation: 'relu',
        },
      },
      { class_name: 'BatchNormalization', config: {} },
      { class_name: 'MaxPooling2D', config: { pool_size: 2 } },
      { class_name: 'Dropout', config: { rate: 0.5 } },
      { class_name: 'Flatten', config: {} },
      { class_name: 'Dense', config: { units: 3, activation: 'softmax' } },
    ],
  },
};

it('layers that are taken in strips give the same bits', () => {
  const plan = planModel(syntheticRecipe(wide).model);
  const strips = planStrips(plan, 96, 1);
  expect(strips).toEqual({ layers: 5, outputLength: 1000, rows: 32 });
  expect(planStrips(plan, 32, 1)).toBeNull();
  expect(planStrips(plan, 96, 2)?.rows).toBe(64);
  expect(evaluated(96, wide)).toEqual(evaluated(16, wide));
});

it('a small network, and one that branches, is evaluated in one piece', () => {
  const { model } = syntheticRecipe();
  const plan = planModel(model);
  expect(planStrips(plan, 128, 1)).toBeNull();
  const wideLayers = planModel(syntheticRecipe(wide).model).layers;
  const branching = wideLayers.map((layer, index) =>
    index === 3 ? { ...layer, inbound: [1] } : layer,
  );
  expect(planStrips({ ...plan, layers: branching }, 96, 1)).toBeNull();
});
