// Labproof's side of trials.ts and step.ts; its arguments are the engine, `native` or `wasm`, and the number of threads.
import { ARITHMETIC_VERSION, openKernels, planTraining, Trainer } from '@labproof/core';
import { batchIndices, withoutDropout } from '../exercises.ts';
import { readTaskDataset } from '../inputs.ts';
import { serveTrials } from '../serve-trials.ts';

const engine = process.argv[2] === 'native' ? 'native' : 'wasm';

await serveTrials(async (task) => {
  const { recipe, examples, tests } = task;
  const kernels = await openKernels(engine, { threads: Number(process.argv[3] ?? 1) });
  const dataset = readTaskDataset(task);
  const start = (dropout: boolean): Trainer =>
    new Trainer({
      kernels,
      plan: planTraining(dropout ? recipe : withoutDropout(recipe), dataset),
      dataset,
      seed: 1,
    });
  let trainer = start(true);
  return {
    versions: `${ARITHMETIC_VERSION}, ${kernels.level}`,
    reset({ dropout }) {
      trainer = start(dropout);
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
