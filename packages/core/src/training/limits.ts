import type { Dataset } from '../dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import { createOracleKernels } from '../engines/oracle.ts';
import { LabproofError } from '../errors.ts';
import { sizeOf } from '../layers/layer.ts';
import type { ModelPlan } from '../model/plan.ts';
import type { Recipe } from '../recipe.ts';
import { EVALUATION_ROWS } from './evaluate.ts';
import { createLoss } from './loss.ts';
import { Network } from './network.ts';
import { createOptimizer } from './optimizer.ts';

/** What a trial will take, computed before anything is allocated. */
export interface Limits {
  /** Bytes in the engine's memory. */
  readonly memory: {
    readonly weights: number;
    readonly gradients: number;
    /** The optimiser's running averages. */
    readonly slots: number;
    /** Outputs of the layers, their gradients, masks, and everything else that grows with the batch. */
    readonly activations: number;
    /** Training and test images as bytes, and a batch of each as floats. */
    readonly data: number;
    readonly total: number;
  };
  readonly multiplyAdds: {
    /** One example's forward pass. */
    readonly example: number;
    /** All epochs: forward, both gradients, validation, and the final test. */
    readonly trial: number;
  };
}

/** The largest trial that is run. */
export interface LimitCaps {
  readonly bytes: number;
  readonly multiplyAdds: number;
}

/**
 * 3 GiB lie within WebAssembly's 4; 10¹⁵ multiply-adds are a day at the 12 GFLOP/s of a slow core. The largest network
 * of the labs takes a tenth of either.
 */
export const DEFAULT_CAPS: LimitCaps = { bytes: 3 * 2 ** 30, multiplyAdds: 1e15 };

type DataSize = {
  readonly train: { readonly count: number };
  readonly test: { readonly count: number };
} & Pick<Dataset, 'imageShape'>;

/** Memory and work of a trial of this recipe. */
export function planLimits(plan: ModelPlan, recipe: Recipe, dataset: DataSize): Limits {
  const rows = Math.max(recipe.batchSize, EVALUATION_ROWS);
  const counting = new CountingKernels();
  const { kernels } = counting;
  const network = new Network(kernels, plan, { rows, training: true, seed: 0 });
  const trained = network.parameters.filter(({ trainable }) => trainable);
  createLoss(recipe.loss, kernels, network, rows);
  const weights = bytesOf(network.parameters);
  const gradients = bytesOf(trained);
  const activations = counting.bytes - weights - gradients;
  const slots = bytesOf(createOptimizer(recipe.optimizer, trained, kernels).slots);

  const size = sizeOf(dataset.imageShape);
  const copies = recipe.augmentation === undefined ? 2 : 3;
  const data = (dataset.train.count + dataset.test.count) * size + copies * rows * size * 4;

  const limit = Math.min(recipe.trainLimit ?? dataset.train.count, dataset.train.count);
  const share = recipe.validation.from === 'split' ? recipe.validation.share : 0;
  const trainCount = Math.trunc(limit * (1 - share));
  const validationCount =
    recipe.validation.from === 'test' ? dataset.test.count : limit - trainCount;
  const example = plan.multiplyAdds;
  // The first layer that computes anything needs no gradient of its input.
  const first = plan.layers.find(({ multiplyAdds }) => multiplyAdds > 0)?.multiplyAdds ?? 0;
  const epoch = trainCount * (3 * example - first) + validationCount * example;
  return {
    memory: {
      weights,
      gradients,
      slots,
      activations,
      data,
      total: weights + gradients + slots + activations + data,
    },
    multiplyAdds: { example, trial: recipe.epochs * epoch + dataset.test.count * example },
  };
}

/** Bytes that a network takes while it is evaluated, computed before anything is allocated. */
export function planEvaluation(plan: ModelPlan): {
  readonly weights: number;
  /** What lies between its layers in one pass. */
  readonly activations: number;
} {
  if (plan.layers.some(({ definition }) => 'foreign' in definition)) return planForeign(plan);
  const counting = new CountingKernels();
  const options = { rows: EVALUATION_ROWS, training: false, seed: 0 };
  const weights = bytesOf(new Network(counting.kernels, plan, options).parameters);
  return { weights, activations: counting.bytes - weights };
}

/** TensorFlow.js keeps every output until the pass is over, and now and then as much again while it makes one. */
function planForeign(plan: ModelPlan): { weights: number; activations: number } {
  const outputs = plan.layers.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
  return { weights: plan.parameters * 4, activations: 2 * EVALUATION_ROWS * outputs * 4 };
}

/** Refuses a trial that is larger than the caps, with its numbers. */
export function checkLimits(limits: Limits, caps: LimitCaps = DEFAULT_CAPS): void {
  const { memory, multiplyAdds } = limits;
  if (memory.total > caps.bytes) {
    throw tooLarge(
      `a trial of it takes ${mebibytes(memory.total)} MiB of memory (weights ${mebibytes(memory.weights)}, gradients ${mebibytes(memory.gradients)}, optimizer ${mebibytes(memory.slots)}, activations ${mebibytes(memory.activations)}, data ${mebibytes(memory.data)}), and ${mebibytes(caps.bytes)} MiB are allowed`,
      'Make the batches smaller, or the layers.',
    );
  }
  if (multiplyAdds.trial > caps.multiplyAdds) {
    throw tooLarge(
      `a trial of it takes ${multiplyAdds.trial.toExponential(2)} multiply-adds (${multiplyAdds.example} for one example's forward pass), and ${caps.multiplyAdds.toExponential(2)} are allowed`,
      'Train fewer epochs or fewer examples (trainLimit), or make the layers smaller.',
    );
  }
}

function tooLarge(numbers: string, fix: string): LabproofError {
  return new LabproofError({
    code: 'recipe-too-large',
    owner: 'instructor',
    message: `the recipe is too large: ${numbers}`,
    fix,
  });
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function bytesOf(arrays: readonly { readonly length: number }[]): number {
  return arrays.reduce((sum, { length }) => sum + length * 4, 0);
}

/** Kernels that hand out no memory and count what they were asked for: building a network on them costs nothing. */
class CountingKernels {
  bytes = 0;
  readonly kernels: Kernels = {
    ...createOracleKernels(),
    allocate: (byteLength) => {
      this.bytes += byteLength;
      return 0;
    },
    f32: () => new Float32Array(0),
    i32: () => new Int32Array(0),
    u8: () => new Uint8Array(0),
  };
}
