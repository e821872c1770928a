import type { Kernels } from '../engines/kernels.ts';
import { BatchSource } from './batches.ts';
import { EVALUATION_ROWS, Evaluator } from './evaluate.ts';
import { createLoss } from './loss.ts';
import { Network } from './network.ts';
import { createOptimizer } from './optimizer.ts';
import type { ProgramSetup, TrainingProgram } from './program.ts';

/** The program in Labproof's own arithmetic: the same bits from every `Kernels`. */
export function createKernelProgram(kernels: Kernels, setup: ProgramSetup): TrainingProgram {
  const { recipe, dataset } = setup;
  const rows = Math.max(recipe.batchSize, EVALUATION_ROWS);
  const network = new Network(kernels, setup.plan, { rows, training: true, seed: setup.seed });
  const loss = createLoss(recipe.loss, kernels, network, rows);
  const optimizer = createOptimizer(recipe.optimizer, network.parameters, kernels);
  const evaluator = new Evaluator(kernels, network, loss, rows);
  const train = new BatchSource(kernels, dataset.train, recipe.inputScale, rows);
  const test = new BatchSource(kernels, dataset.test, recipe.inputScale, rows);
  return {
    step(indices, iterations) {
      train.load(indices);
      const pass = { training: true, step: iterations };
      const batch = evaluator.forward(train, indices.length, pass);
      const gradient = loss.backward(batch.output, train.labels, indices.length);
      network.backward(gradient, indices.length);
      optimizer.update(iterations);
      return batch;
    },
    evaluate: (part, from, to) => evaluator.run(part === 'train' ? train : test, from, to),
    readWeights: () => network.readWeights(),
    writeWeights: (weights) => network.writeWeights(weights),
    readSlots: () =>
      optimizer.slots.map(({ pointer, length }) => kernels.f32(pointer, length).slice()),
    writeSlots(slots) {
      for (const [index, { pointer, length }] of optimizer.slots.entries()) {
        const values = slots[index];
        if (values?.length !== length) throw new RangeError('the checkpoint is of another network');
        kernels.f32(pointer, length).set(values);
      }
    },
    // Everything lies in the engine's memory, which whoever trains next resets.
    release: () => undefined,
  };
}
