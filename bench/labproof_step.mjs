// Labproof's side of step.mjs; the engine is the only argument.
import {
  planTraining,
  ARITHMETIC_VERSION,
  Trainer,
  loadDataset,
  openKernels,
} from '@labproof/core';
import { serve } from './side.mjs';
import { batchIndices } from './workloads.mjs';

await serve(async ({ recipe, examples }) => {
  const kernels = await openKernels(process.argv[2]);
  const dataset = await loadDataset('mnist', { offline: true });
  const trainer = new Trainer({ kernels, plan: planTraining(recipe, dataset), dataset, seed: 1 });
  return {
    versions: `arithmetic ${ARITHMETIC_VERSION}, ${kernels.level}`,
    step(index) {
      const indices = batchIndices(index, recipe.batchSize, examples);
      return trainer.trainStep(indices).lossSum / indices.length;
    },
  };
});
