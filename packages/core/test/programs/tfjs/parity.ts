import { createOracleKernels } from '../../../src/engines/oracle.ts';
import { createTfjsProgram } from '../../../src/programs/tfjs/program.ts';
import type { TfjsEngine } from '../../../src/programs/tfjs/tensorflow.ts';
import type { Dataset, Recipe } from '../../../src/index.ts';
import { initialWeights } from '../../../src/training/initial-weights.ts';
import { createKernelProgram } from '../../../src/programs/kernels/program.ts';
import { learningRateAt } from '../../../src/training/learning-rate.ts';
import type { TrainingProgram } from '../../../src/programs/program.ts';
import { planForTraining } from '../../../src/training/plan-for-training.ts';

/** How far TensorFlow.js was from our own arithmetic. */
export interface Parity {
  /** Largest |theirs − ours| / (1e-3 + |ours|) over the weights, over the optimiser's slots, and of the losses. */
  readonly weights: number;
  readonly slots: number;
  readonly loss: number;
  /** Steps in which both counted the same number of correct predictions. */
  readonly sameHits: number;
  /** Of the loss of the whole test set with the last weights, and whether the accuracies are the same. */
  readonly evaluated: number;
  readonly sameAccuracy: boolean;
  /** Largest change of a weight in all steps: a parity of programs that do nothing would mean nothing. */
  readonly moved: number;
}

/**
 * Takes steps of a recipe with both programs, every step from the same weights and slots (ours of the step before),
 * so that differences do not add up.
 */
export function compareSteps(
  engine: TfjsEngine,
  recipe: Recipe,
  dataset: Dataset,
  steps: number,
): Parity {
  const seed = 5;
  const plan = planForTraining(recipe, dataset);
  const setup = { recipe, plan, dataset, seed };
  const [ourKernels, theirKernels] = [createOracleKernels(), createOracleKernels()];
  const start = initialWeights(ourKernels, plan, seed);
  const ours = createKernelProgram(ourKernels, setup);
  const theirs = createTfjsProgram(engine, theirKernels, setup);
  ours.writeWeights(start);
  const parity = { weights: 0, slots: 0, loss: 0, sameHits: 0, moved: 0 };
  for (let step = 0; step < steps; step += 1) {
    const before = ours.readWeights();
    theirs.writeWeights(before);
    theirs.writeSlots(ours.readSlots());
    const indices = Int32Array.from(
      { length: recipe.batchSize },
      (_, row) => (step * recipe.batchSize + row) % dataset.train.count,
    );
    const time = { epoch: 1, iterations: step };
    const moment = { ...time, learningRate: learningRateAt(recipe, { ...time, history: [] }) };
    const [our, their] = [ours.step(indices, moment), theirs.step(indices, moment)];
    parity.loss = Math.max(parity.loss, relative([their.lossSum], [our.lossSum]));
    if (our.correct === their.correct) parity.sameHits += 1;
    parity.weights = Math.max(parity.weights, farthest(theirs, ours, 'readWeights'));
    parity.slots = Math.max(parity.slots, farthest(theirs, ours, 'readSlots'));
    for (const [index, array] of ours.readWeights().entries()) {
      parity.moved = Math.max(parity.moved, relative(array, before[index] ?? []));
    }
  }
  theirs.writeWeights(ours.readWeights());
  const { count } = dataset.test;
  const [our, their] = [ours.evaluate('test', 0, count), theirs.evaluate('test', 0, count)];
  theirs.release();
  return {
    ...parity,
    evaluated: relative([their.loss], [our.loss]),
    sameAccuracy: our.accuracy === their.accuracy,
  };
}

function farthest(
  theirs: TrainingProgram,
  ours: TrainingProgram,
  read: 'readWeights' | 'readSlots',
): number {
  const our = ours[read]();
  return theirs[read]().reduce(
    (most, array, index) => Math.max(most, relative(array, our[index] ?? [])),
    0,
  );
}

/** NaN anywhere gives NaN, which no bound holds for. */
function relative(theirs: ArrayLike<number>, ours: ArrayLike<number>): number {
  if (theirs.length !== ours.length) return Number.NaN;
  let most = 0;
  for (let index = 0; index < ours.length; index += 1) {
    const [a = Number.NaN, b = Number.NaN] = [theirs[index], ours[index]];
    most = Math.max(most, Math.abs(a - b) / (1e-3 + Math.abs(b)));
  }
  return most;
}
