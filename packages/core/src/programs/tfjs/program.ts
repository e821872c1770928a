import { trainingRows } from '../rows.ts';
import { wrongHead } from '../loss-head.ts';
import { slotsOf } from '../slots.ts';
import type { BatchMetrics, ProgramSetup, TrainingProgram } from '../program.ts';
import type { Kernels } from '../../engines/kernels.ts';
import { type TfjsBatch, TfjsBatches } from './batches.ts';
import { tfjsLosses } from './losses.ts';
import { type NetworkPass, TfjsNetwork } from './network.ts';
import { bindOptimizer } from './optimizers/registry.ts';
import { TfjsParameters } from './parameters.ts';
import { checkRecipe } from './supported.ts';
import type { Tensor, TensorFlow, TfjsEngine } from './tensorflow.ts';

/**
 * The program in TensorFlow.js ops: batches, initial weights and masks are drawn by `kernels` and handed over as
 * tensors; forward pass, gradients and updates are TensorFlow.js's. Results agree with the other engines within
 * float tolerance, not in their bits.
 */
export function createTfjsProgram(
  { tf }: Pick<TfjsEngine, 'tf'>,
  kernels: Kernels,
  setup: ProgramSetup,
): TrainingProgram {
  const { recipe, plan, seed } = setup;
  const { optimizer, classWeight } = recipe;
  checkRecipe(recipe);
  const rows = trainingRows(plan, recipe);
  const network = new TfjsNetwork(tf, kernels, plan, { rows, seed });
  const loss = tfjsLosses[recipe.loss];
  if (loss.head !== null && loss.head !== network.head) throw wrongHead(recipe.loss, loss.head);
  const batches = new TfjsBatches(tf, kernels, setup, rows);
  const specs = plan.layers.flatMap(({ weights }) => weights);
  const parameters = new TfjsParameters(tf, specs, slotsOf(optimizer.class_name, optimizer));
  const updateOf = bindOptimizer(optimizer.class_name, optimizer);

  /** The examples' losses `[rows]`, and `[their sum, number of correct predictions]` in one tensor for one transfer. */
  function measure(batch: TfjsBatch, pass: NetworkPass): { losses: Tensor; metrics: Tensor } {
    const { targets, labels } = batch;
    const { logits, output } = network.forward(batch.x, pass);
    const plain = loss.losses(tf, { logits, output, targets });
    const weighed = pass.training && classWeight !== undefined;
    const losses = weighed ? tf.mul(plain, tf.gather([...classWeight], labels)) : plain;
    const penalty = tf.mul(parameters.penalty(pass.weights), labels.size);
    const hits = tf.equal(predict(tf, output), labels).toFloat();
    return {
      losses,
      metrics: tf.stack([tf.add(tf.sum(losses), penalty), tf.sum(hits)]),
    };
  }

  return {
    step(indices, { epoch, iterations, learningRate }) {
      const metrics = tf.tidy(() => {
        const batch = batches.load('train', indices, epoch);
        const moved = new Map<number, Tensor>();
        let measured: Tensor | undefined;
        const { grads } = tf.valueAndGrads((...trained: Tensor[]) => {
          const { losses, metrics } = measure(batch, {
            training: true,
            step: iterations,
            weights: parameters.withTrained(trained),
            replaceWeight: (index, next) => moved.set(index, tf.keep(next)),
          });
          measured = tf.keep(metrics);
          return tf.mean(losses).asScalar();
        })(parameters.trained);
        parameters.update(grads, updateOf(learningRate, iterations));
        for (const [index, next] of moved) parameters.replaceWeight(index, next);
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
          const indices = Int32Array.from({ length: count }, (_, row) => start + row);
          const { metrics } = measure(batches.load(part, indices), {
            training: false,
            step: 0,
            weights: parameters.weights,
            replaceWeight: () => undefined,
          });
          return metrics;
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

/** The class of each row, int32: the largest output, or with a single output whether it is above ½. */
function predict(tf: TensorFlow, output: Tensor): Tensor {
  return output.shape[1] === 1
    ? tf.greater(output, 0.5).reshape([-1]).toInt()
    : tf.argMax(output, -1).toInt();
}

/** Fetches a batch's metrics and gives their tensor back. */
function read(metrics: Tensor): BatchMetrics {
  const [lossSum = Number.NaN, correct = 0] = metrics.dataSync();
  metrics.dispose();
  return { lossSum, correct };
}
