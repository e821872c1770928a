// Labproof's side of trials.mjs; the engine, `native` or `wasm`, is the only argument.
import { planTraining, ARITHMETIC_VERSION, Trainer, openKernels } from '@labproof/core';
import { batchIndices, withoutDropout } from './exercises.mjs';
import { readDataset } from './inputs.mjs';
import { serve } from './serve.mjs';

await serve(async (task) => {
  const { recipe, examples, tests } = task;
  const kernels = await openKernels(process.argv[2]);
  const dataset = readDataset(task);
  let trainer;
  return {
    versions: `${ARITHMETIC_VERSION}, ${kernels.level}`,
    reset({ dropout }) {
      const trained = dropout ? recipe : withoutDropout(recipe);
      trainer = new Trainer({ kernels, plan: planTraining(trained, dataset), dataset, seed: 1 });
    },
    step(index) {
      const indices = batchIndices(index, recipe.batchSize, examples);
      return trainer.trainStep(indices).lossSum / indices.length;
    },
    // The size of Labproof's evaluation batches is fixed.
    evaluate() {
      trainer.test();
      return tests;
    },
  };
});
