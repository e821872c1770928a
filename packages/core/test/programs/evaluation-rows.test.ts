import { expect, it } from 'vitest';
import { createOracleKernels, planModel } from '../../src/index.ts';
import { BatchSource } from '../../src/programs/batches.ts';
import { Evaluator } from '../../src/programs/kernels/evaluate.ts';
import { createLoss } from '../../src/programs/kernels/loss.ts';
import { Network } from '../../src/programs/kernels/network.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

/** What evaluating comes to in passes of so many rows, with the losses summed in groups of 32. */
function evaluated(rows: number) {
  const recipe = syntheticRecipe();
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
