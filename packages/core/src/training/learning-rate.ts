import { exp64 } from '../elementary/exponential.ts';
import { log64 } from '../elementary/logarithm.ts';
import { cos64 } from '../elementary/sine.ts';
import type { Schedule } from '../recipe/fit-options.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Epoch } from './epoch.ts';
import { replayPlateaus } from './monitor.ts';
import { oneCycleAt } from './one-cycle.ts';

const { fround } = Math;
const HALF_PI = 1.5707963267948966;

/**
 * The learning rate of a training step as a float: the optimiser's own, changed by the recipe's schedule or by the
 * plateaus of the epochs so far, then by Keras 2's time-based decay.
 */
export function learningRateAt(
  recipe: Pick<Recipe, 'optimizer' | 'schedule' | 'reduceOnPlateau' | 'semantics'>,
  moment: { epoch: number; iterations: number; history: readonly Epoch[] },
): number {
  const { optimizer, schedule, reduceOnPlateau } = recipe;
  let rate = fround(optimizer.learning_rate);
  if (schedule !== undefined) rate = fround(scheduledRate(schedule, rate, moment));
  if (reduceOnPlateau !== undefined) {
    rate = replayPlateaus(reduceOnPlateau, rate, moment.history, recipe.semantics);
  }
  return decayed(rate, optimizer.decay, moment.iterations);
}

/** The momentum (or Adam's β₁) of a step where a schedule moves it. */
export function momentumAt(
  { schedule }: Pick<Recipe, 'schedule'>,
  iterations: number,
): number | undefined {
  return schedule?.kind === 'one-cycle' ? oneCycleAt(schedule, iterations).momentum : undefined;
}

/** In float64, from the project's own exp, log and cosine. */
function scheduledRate(
  schedule: Schedule,
  rate: number,
  { epoch, iterations }: { epoch: number; iterations: number },
): number {
  switch (schedule.kind) {
    case 'step': {
      let value = rate;
      for (let drop = schedule.everyEpochs; drop < epoch; drop += schedule.everyEpochs) {
        value *= schedule.factor;
      }
      return value;
    }
    case 'exponential': {
      return rate * exp64(log64(schedule.decayRate) * progress(schedule, iterations));
    }
    case 'inverse-time':
      return rate / (1 + schedule.decayRate * progress(schedule, iterations));
    case 'piecewise': {
      const passed = schedule.boundaries.filter((boundary) => iterations > boundary).length;
      return schedule.values[passed] ?? rate;
    }
    case 'multi-step': {
      let value = rate;
      for (const milestone of schedule.milestones) if (milestone < epoch) value *= schedule.factor;
      return value;
    }
    case 'cosine': {
      // (1 + cos x) / 2 = cos²(x / 2), which loses nothing near its zero.
      const root = cos64((HALF_PI * (epoch - 1)) / schedule.epochs);
      return schedule.minLearningRate + (rate - schedule.minLearningRate) * root * root;
    }
    case 'one-cycle':
      return oneCycleAt(schedule, iterations).learningRate;
  }
}

function progress(
  { decaySteps, staircase }: { decaySteps: number; staircase: boolean },
  iterations: number,
): number {
  const share = iterations / decaySteps;
  return staircase ? Math.floor(share) : share;
}

/**
 * Keras 2's time-based decay, each operation rounded to float32: lr · (1 / (1 + decay · iterations)).
 * Source: `keras/optimizers.py`, `lr = lr * (1. / (1. + self.decay * K.cast(self.iterations)))`.
 */
function decayed(rate: number, decay: number, iterations: number): number {
  if (decay === 0) return rate;
  const growth = fround(fround(decay) * fround(iterations));
  return fround(rate * fround(1 / fround(1 + growth)));
}
