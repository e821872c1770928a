import { EVALUATION_ROWS } from '../../training/evaluate.ts';
import { decayedLearningRate } from '../../training/optimizer.ts';
import type { BatchMetrics, ProgramSetup, TrainingProgram } from '../../training/program.ts';
import type { Kernels } from '../kernels.ts';
import { type TfjsBatch, TfjsBatches } from './batches.ts';
import { tfjsLosses } from './losses.ts';
import { TfjsNetwork } from './network.ts';
import { bindOptimizer } from './optimizers.ts';
import { TfjsParameters } from './parameters.ts';
import type { Tensor, TfjsEngine } from './tensorflow.ts';

/**
 * The program in TensorFlow.js ops: batches, initial weights and masks are drawn by `kernels` and handed over as
 * tensors; forward pass, gradients and updates are TensorFlow.js's. Results agree with the other engines within
 * float tolerance, not in their bits.
 */
export function createTfjsProgram(
  { tf }: Pick<TfjsEngine, 'tf'>,
  kernels: Kernels,
  { recipe, plan, dataset, seed }: ProgramSetup,
): TrainingProgram {
  const rows = Math.max(recipe.batchSize, EVALUATION_ROWS);
  const network = new TfjsNetwork(tf, kernels, plan, { rows, seed });
  const batches = new TfjsBatches(tf, kernels, { recipe, dataset, rows });
  const { slots, updateOf } = bindOptimizer(recipe.optimizer.class_name, recipe.optimizer);
  const parameters = new TfjsParameters(tf, network.shapes, slots);

  /** The examples' losses `[rows]`, and `[their sum, number of correct predictions]` in one tensor for one transfer. */
  function measure(
    { x, targets }: TfjsBatch,
    pass: { training: boolean; step: number; weights: readonly Tensor[] },
  ): { losses: Tensor; metrics: Tensor } {
    const { logits, output } = network.forward(x, pass);
    const losses = tfjsLosses[recipe.loss](tf, { logits, output, targets });
    const hits = tf.equal(tf.argMax(output, -1), tf.argMax(targets, -1));
    return { losses, metrics: tf.stack([tf.sum(losses), tf.sum(hits.toFloat())]) };
  }

  return {
    step(indices, iterations) {
      const metrics = tf.tidy(() => {
        const batch = batches.load('train', indices);
        let measured: Tensor | undefined;
        const { grads } = tf.valueAndGrads((...weights: Tensor[]) => {
          const { losses, metrics } = measure(batch, { training: true, step: iterations, weights });
          measured = tf.keep(metrics);
          return tf.mean(losses).asScalar();
        })([...parameters.weights]);
        const learningRate = decayedLearningRate(recipe.optimizer, iterations);
        parameters.update(grads, updateOf(learningRate, iterations));
        if (measured === undefined) throw new Error('a step that measured nothing');
        return measured;
      });
      return read(metrics);
    },
    evaluate(part, from, to) {
      let lossSum = 0;
      let correct = 0;
      for (let start = from; start < to; start += rows) {
        const count = Math.min(rows, to - start);
        const metrics = tf.tidy(() => {
          const batch = batches.load(
            part,
            Int32Array.from({ length: count }, (_, row) => start + row),
          );
          return measure(batch, { training: false, step: 0, weights: parameters.weights }).metrics;
        });
        const measured = read(metrics);
        lossSum += measured.lossSum;
        correct += measured.correct;
      }
      return { loss: lossSum / (to - from), accuracy: correct / (to - from) };
    },
    readWeights: () => parameters.readWeights(),
    writeWeights: (weights) => parameters.writeWeights(weights),
    readSlots: () => parameters.readSlots(),
    writeSlots: (values) => parameters.writeSlots(values),
    release: () => parameters.dispose(),
  };
}

/** Fetches a batch's metrics and gives their tensor back. */
function read(metrics: Tensor): BatchMetrics {
  const [lossSum = Number.NaN, correct = 0] = metrics.dataSync();
  metrics.dispose();
  return { lossSum, correct };
}
