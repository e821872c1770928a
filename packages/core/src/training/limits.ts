import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { ModelPlan } from '../model/plan.ts';
import { type DataSize, trainingMemory, type TrainingMemory } from '../programs/kernels/memory.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** What a trial will take, computed before anything is allocated. */
export interface Limits {
  readonly memory: TrainingMemory;
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

/** Memory and work of a trial of this recipe. */
export function planLimits(plan: ModelPlan, recipe: Recipe, dataset: DataSize): Limits {
  const memory = trainingMemory(plan, recipe, dataset);
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
    memory,
    multiplyAdds: { example, trial: recipe.epochs * epoch + dataset.test.count * example },
  };
}

/** Refuses a trial that is larger than the caps, with its numbers. */
export function checkLimits(limits: Limits, caps: LimitCaps = DEFAULT_CAPS): void {
  const { memory, multiplyAdds } = limits;
  if (memory.total > caps.bytes) {
    throw tooLarge(
      `a trial of it takes ${mebibytes(memory.total)} MiB of memory (weights ${mebibytes(memory.weights)}, gradients ${mebibytes(memory.gradients)}, optimizer ${mebibytes(memory.slots)}, activations ${mebibytes(memory.activations)}, data ${mebibytes(memory.data)}), and ${mebibytes(caps.bytes)} MiB are allowed`,
      whatHelps(memory, caps.bytes),
    );
  }
  if (multiplyAdds.trial > caps.multiplyAdds) {
    throw tooLarge(
      `a trial of it takes ${multiplyAdds.trial.toExponential(2)} multiply-adds (${multiplyAdds.example} for one example's forward pass), and ${caps.multiplyAdds.toExponential(2)} are allowed`,
      'Train fewer epochs or fewer examples (trainLimit), or make the layers smaller.',
    );
  }
}

/** What makes a trial fit: batches where they are what is too large, else what lies there whatever the batch is. */
function whatHelps({ rows, activations, data, total }: TrainingMemory, most: number): string {
  // Of the data a batch is there at a time.
  const ofRows = activations + data;
  const others = total - ofRows;
  if (others <= most) {
    const fitting = Math.floor((most - others) / (ofRows / rows));
    return fitting >= 1
      ? `Make the batches smaller: of about ${fitting} images they fit. Smaller images or layers help too.`
      : 'Make the images or the layers smaller: not even a batch of one image fits.';
  }
  return 'Make the layers with the most weights smaller, or take an optimizer that keeps fewer averages (SGD without momentum keeps none); smaller batches would not help.';
}

function tooLarge(numbers: string, fix: string): LabproofError {
  return coreError('recipe-too-large', { message: `The recipe is too large: ${numbers}.`, fix });
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
