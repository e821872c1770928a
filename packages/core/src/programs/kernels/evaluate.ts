import type { DatasetSplit } from '../../datasets/dataset.ts';
import type { Kernels } from '../../engines/kernels.ts';
import type { ModelPlan } from '../../model/plan.ts';
import type { InputScale, Loss } from '../../recipe/recipe.ts';
import { BatchSource } from '../batches.ts';
import type { LossReading } from '../output-loss.ts';
import {
  EVALUATION_ROWS,
  type EvaluatedPart,
  joinParts,
  type Predictions,
} from '../predictions.ts';
import type { LossRuntime } from './loss.ts';
import { Network } from './network.ts';
import { createLossReading } from './output-loss.ts';
import { Penalty } from './penalty.ts';
import { evaluationRows } from '../rows.ts';

/** A network, and on what it is evaluated. */
export interface EvaluationTask {
  plan: ModelPlan;
  /** In layer order. */
  weights: readonly Float32Array[];
  split: DatasetSplit;
  inputScale: InputScale;
  loss: Loss;
  /** A share of the targets that counts for all classes alike, as in the training. */
  labelSmoothing?: number | undefined;
  /** As training reads it, unless told. */
  reading?: LossReading;
}

/** Evaluates weights on a whole split. Frees the engine's memory before and after. */
export function evaluate(options: EvaluationTask & { kernels: Kernels }): Predictions {
  return joinParts([evaluatePart(options)]);
}

/**
 * Evaluates weights on some examples of a split, given as a split of their own. Frees the engine's memory before and
 * after.
 */
export function evaluatePart(options: EvaluationTask & { kernels: Kernels }): EvaluatedPart {
  const { kernels, split } = options;
  kernels.reset();
  try {
    const rows = evaluationRows(options.plan);
    const network = new Network(kernels, options.plan, { rows, training: false, seed: 0 });
    const source = new BatchSource(kernels, split, options.inputScale, rows);
    const { loss: name, labelSmoothing, reading = 'head' } = options;
    const told = { loss: name, labelSmoothing };
    const loss = createLossReading(told, reading, kernels, network, rows);
    const evaluator = new Evaluator(kernels, network, loss, { rows, group: EVALUATION_ROWS });
    network.writeWeights(options.weights);
    return evaluator.part(source, 0, split.count);
  } finally {
    kernels.reset();
  }
}

/** Runs forward passes over ranges of a source and gathers the metrics. */
export class Evaluator {
  readonly #kernels: Kernels;
  readonly #network: Network;
  readonly #loss: LossRuntime;
  readonly #rows: number;
  readonly #group: number;
  readonly #losses: number;
  readonly #argmax: number;
  /** What regularisation adds to every loss. */
  readonly penalty: Penalty;

  /** Passes of `rows` examples; the losses of each `group` are summed before the sums are added. */
  constructor(
    kernels: Kernels,
    network: Network,
    loss: LossRuntime,
    { rows, group }: { readonly rows: number; readonly group: number },
  ) {
    this.#kernels = kernels;
    this.#network = network;
    this.#loss = loss;
    this.#rows = rows;
    this.#group = group;
    this.#losses = kernels.allocate(rows * 4);
    this.#argmax = kernels.allocate(rows * 4);
    this.penalty = new Penalty(kernels, network.parameters);
  }

  /** Examples `from` … `to − 1` in their stored order. The sums of the metrics are float64, in that order, group by group. */
  run(source: BatchSource, from: number, to: number): Predictions {
    return joinParts([this.part(source, from, to)]);
  }

  /** The same before the sums of the groups are added. */
  part(source: BatchSource, from: number, to: number): EvaluatedPart {
    const count = to - from;
    const predicted = new Uint8Array(count);
    const confidence = new Float32Array(count);
    const lossSums: number[] = [];
    let groupSum = 0;
    let correct = 0;
    for (let start = from, rows = 0; start < to; start += rows) {
      const ofGroup = this.#group - ((start - from) % this.#group);
      rows = Math.min(this.#rows, ofGroup, to - start);
      source.load(Int32Array.from({ length: rows }, (_, row) => start + row));
      const batch = this.forward(source, rows, { training: false, step: 0 });
      for (const loss of this.losses(rows)) groupSum += loss;
      if (rows === ofGroup || start + rows === to) {
        lossSums.push(groupSum);
        groupSum = 0;
      }
      correct += batch.correct;
      predicted.set(batch.predicted, start - from);
      const columns = this.#network.outputLength;
      const output = this.#kernels.f32(batch.output, rows * columns);
      for (let row = 0; row < rows; row += 1) {
        const prediction = batch.predicted[row] ?? 0;
        confidence[start - from + row] =
          columns === 1
            ? Math.abs(1 - prediction - (output[row] ?? 0))
            : (output[row * columns + prediction] ?? 0);
      }
    }
    return { lossSums, penalty: this.penalty.value(), correct, predicted, confidence };
  }

  /** The losses of the last batch, without penalty. */
  losses(rows: number): Float32Array {
    return this.#kernels.f32(this.#losses, rows);
  }

  /** One batch that is already loaded: its output, summed loss without penalty, and number of correct predictions. */
  forward(
    source: BatchSource,
    rows: number,
    pass: { training: boolean; step: number },
  ): { output: number; lossSum: number; correct: number; predicted: Int32Array } {
    const kernels = this.#kernels;
    const value = this.#network.forward(source.input, rows, pass);
    const output = this.#loss.forward(value, source.labels, this.#losses, rows, pass);
    const predicted = this.#predict(output, rows);
    const losses = kernels.f32(this.#losses, rows);
    const labels = kernels.i32(source.labels, rows);
    let lossSum = 0;
    let correct = 0;
    for (let row = 0; row < rows; row += 1) {
      lossSum += losses[row] ?? 0;
      if (predicted[row] === labels[row]) correct += 1;
    }
    return { output, lossSum, correct, predicted };
  }

  /** The class of each row: the largest output, or with a single output whether it is above ½, as Keras's accuracies. */
  #predict(output: number, rows: number): Int32Array {
    const columns = this.#network.outputLength;
    this.#kernels.argmax(output, this.#argmax, rows, columns);
    const predicted = this.#kernels.i32(this.#argmax, rows);
    if (columns === 1) {
      const values = this.#kernels.f32(output, rows);
      for (let row = 0; row < rows; row += 1) predicted[row] = (values[row] ?? 0) > 0.5 ? 1 : 0;
    }
    return predicted;
  }
}
