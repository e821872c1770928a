import type { Kernels } from '../../engines/kernels.ts';
import { BatchSource } from '../batches.ts';
import { weighLoss } from './class-weights.ts';
import { Evaluator } from './evaluate.ts';
import { createLoss } from './loss.ts';
import { Network } from './network.ts';
import { createOptimizer } from './optimizer.ts';
import { trainingGroup, trainingRows } from '../rows.ts';
import type { ProgramSetup, StepWatch, TrainingProgram } from '../program.ts';

/** The program in Labproof's own arithmetic: the same bits from every `Kernels`. */
export function createKernelProgram(kernels: Kernels, setup: ProgramSetup): TrainingProgram {
  const { recipe, dataset, seed } = setup;
  const { augmentation, classWeight } = recipe;
  const rows = trainingRows(setup.plan, recipe);
  const network = new Network(kernels, setup.plan, {
    rows,
    training: true,
    seed,
  });
  const plainLoss = createLoss(recipe, kernels, network, rows);
  const loss =
    classWeight === undefined
      ? plainLoss
      : weighLoss(plainLoss, classWeight, kernels, {
          rows,
          columns: network.outputLength,
        });
  const optimizer = createOptimizer(recipe, network.parameters, kernels);
  const evaluator = new Evaluator(kernels, network, loss, {
    rows,
    group: trainingGroup(recipe),
  });
  const changes =
    augmentation === undefined ? null : { augmentation, imageShape: dataset.imageShape, seed };
  const train = new BatchSource(kernels, dataset.train, recipe.inputScale, rows, changes);
  const test = new BatchSource(kernels, dataset.test, recipe.inputScale, rows);
  return {
    step(indices, { epoch, iterations, learningRate, momentum }, watch) {
      const rows = indices.length;
      train.load(indices, epoch);
      if (watch !== undefined) {
        train.show(rows, watch);
        // Inference keeps nothing, so the step that follows is the same.
        const { output } = evaluator.forward(train, rows, {
          training: false,
          step: 0,
        });
        watch('outputsInInference', kernels.f32(output, rows * network.outputLength));
      }
      const batch = evaluator.forward(train, rows, {
        training: true,
        step: iterations,
      });
      if (watch !== undefined) {
        watch('outputs', kernels.f32(batch.output, rows * network.outputLength));
        watch('losses', evaluator.losses(rows));
      }
      const lossSum = batch.lossSum + rows * evaluator.penalty.value();
      const gradient = loss.backward(batch.output, train.labels, rows);
      network.backward(gradient, rows);
      evaluator.penalty.addGradients();
      if (watch !== undefined) showGradients(kernels, network, watch);
      optimizer.update(iterations, learningRate, momentum);
      return { lossSum, correct: batch.correct };
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

function showGradients(kernels: Kernels, network: Network, watch: StepWatch): void {
  const trained = network.parameters.filter(({ trainable }) => trainable);
  for (const [index, { gradient, length }] of trained.entries()) {
    watch('gradient', kernels.f32(gradient, length), index);
  }
}
