import type { Kernels } from '../../src/engines/kernels.ts';
import { planTraining, evaluate, type Recipe, Trainer } from '../../src/index.ts';
import type { ModelPlan } from '../../src/model/plan.ts';
import { BatchSource } from '../../src/programs/batches.ts';
import { Network } from '../../src/programs/kernels/network.ts';
import { datasetOf, recipeOfCase } from '../support/parity-case.ts';
import type { Case, Result } from './fixture.ts';

/** The recipe of a case. Throws where the recipe schema has no word for something of it. */
function recipeOf(name: string, subject: Case): Recipe {
  const { classWeight, labelSmoothing } = subject;
  return recipeOfCase(name, subject, {
    ...(classWeight === null ? {} : { classWeight }),
    ...(labelSmoothing === undefined ? {} : { labelSmoothing }),
  });
}

/** A trainer for a case. Throws a `ZodError` or a `LabproofError` where Labproof cannot train it. */
export function trainerFor(kernels: Kernels, name: string, subject: Case): Trainer {
  const recipe = recipeOf(name, subject);
  const dataset = datasetOf(name, subject);
  return new Trainer({ kernels, plan: planTraining(recipe, dataset), dataset, seed: 0 });
}

/** Does with Labproof what the fixtures' script does with Keras. */
export function replay(kernels: Kernels, name: string, subject: Case): Result {
  const plan = trainerFor(kernels, name, subject).plan.model;
  const before = evaluation(kernels, name, subject, plan, subject.weights);
  const trainer = trainerFor(kernels, name, subject);
  trainer.restore({ ...trainer.state(), weights: subject.weights });
  const steps = Array.from({ length: subject.steps }, (_, step) => {
    const first = step * subject.batchSize;
    const batch = Int32Array.from({ length: subject.batchSize }, (__, row) => first + row);
    const { lossSum } = trainer.trainStep(batch);
    return { loss: lossSum / subject.batchSize, weights: trainer.weights() };
  });
  const after = evaluation(kernels, name, subject, plan, steps.at(-1)?.weights ?? subject.weights);
  return { before, steps, after };
}

function evaluation(
  kernels: Kernels,
  name: string,
  subject: Case,
  plan: ModelPlan,
  weights: readonly Float32Array[],
): Result['before'] {
  const { loss, labelSmoothing, inputScale } = recipeOf(name, subject);
  const split = subject.evaluation;
  const measured = evaluate({ kernels, plan, weights, split, inputScale, loss, labelSmoothing });
  const rows = split.count;
  const network = new Network(kernels, plan, { rows, training: false, seed: 0 });
  network.writeWeights(weights);
  const source = new BatchSource(kernels, split, inputScale, rows);
  source.load(Int32Array.from({ length: rows }, (_, row) => row));
  const pass = { training: false, step: 0 };
  const output = network.finish(network.forward(source.input, rows, pass), rows, pass);
  const predictions = kernels.f32(output, rows * network.outputLength).slice();
  kernels.reset();
  return { loss: measured.loss, predictions };
}
