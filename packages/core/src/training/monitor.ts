import type { EarlyStopping, Monitor, ReduceOnPlateau } from '../recipe/fit-options.ts';
import type { Epoch } from './epoch.ts';

/** A monitored quantity, so turned that smaller is better. Validation metrics must be there. */
function costOf(epoch: Epoch, monitor: Monitor): number {
  switch (monitor) {
    case 'loss':
      return epoch.loss;
    case 'accuracy':
      return -epoch.accuracy;
    case 'val_loss':
      return epoch.valLoss ?? Number.NaN;
    case 'val_accuracy':
      return -(epoch.valAccuracy ?? Number.NaN);
  }
}

/** What early stopping makes of the epochs so far. */
export interface StoppingState {
  readonly stop: boolean;
  /** The epoch with the best value (from 1; the first of equals), or 0 before any epoch. */
  readonly bestEpoch: number;
}

/**
 * Keras 3's `EarlyStopping.on_epoch_end`, replayed over the history: an epoch that is better than the best by more than
 * `minDelta` starts the waiting again; `patience` epochs without one end the training, but never the first epoch.
 */
export function replayEarlyStopping(
  options: EarlyStopping,
  history: readonly Epoch[],
): StoppingState {
  let best = Infinity;
  let bestEpoch = 0;
  let wait = 0;
  let stop = false;
  for (const epoch of history) {
    wait += 1;
    const cost = costOf(epoch, options.monitor);
    if (cost < best - options.minDelta) {
      best = cost;
      bestEpoch = epoch.epoch;
      wait = 0;
    } else if (wait >= options.patience && epoch.epoch > 1) {
      stop = true;
    }
  }
  return { stop, bestEpoch };
}

/**
 * The learning rate after these epochs under Keras 3's `ReduceLROnPlateau.on_epoch_end`, or `step` of PyTorch's scheduler of
 * that name, replayed over the history. PyTorch waits one epoch longer, leaves the rate alone where it would fall by less
 * than 10⁻⁸, and counts a cooldown down after it has compared.
 */
export function replayPlateaus(
  options: ReduceOnPlateau,
  learningRate: number,
  history: readonly Epoch[],
  semantics?: 'pytorch',
): number {
  return semantics === 'pytorch'
    ? replayPytorch(options, learningRate, history)
    : replayKeras(options, learningRate, history);
}

function replayKeras(
  options: ReduceOnPlateau,
  learningRate: number,
  history: readonly Epoch[],
): number {
  let rate = Math.fround(learningRate);
  let best = Infinity;
  let wait = 0;
  let cooldown = 0;
  for (const epoch of history) {
    const cost = costOf(epoch, options.monitor);
    if (cooldown > 0) {
      cooldown -= 1;
      wait = 0;
    }
    if (cost < best - options.minDelta) {
      best = cost;
      wait = 0;
    } else if (cooldown === 0) {
      wait += 1;
      if (wait >= options.patience && rate > Math.fround(options.minLearningRate)) {
        rate = Math.fround(Math.max(rate * options.factor, options.minLearningRate));
        cooldown = options.cooldown;
        wait = 0;
      }
    }
  }
  return rate;
}

/** The least change of a rate that PyTorch makes (its `eps`). */
const LEAST_CHANGE = 1e-8;

/** Source: `torch/optim/lr_scheduler.py`, `ReduceLROnPlateau`; rates are Python's float64 there. */
function replayPytorch(
  { monitor, minDelta, threshold, patience, cooldown, factor, minLearningRate }: ReduceOnPlateau,
  learningRate: number,
  history: readonly Epoch[],
): number {
  const falls = monitor.endsWith('loss');
  let rate = learningRate;
  let best = falls ? Infinity : -Infinity;
  let wait = 0;
  let cooling = 0;
  for (const epoch of history) {
    const value = falls ? costOf(epoch, monitor) : -costOf(epoch, monitor);
    const signed = falls ? -minDelta : minDelta;
    const bound = threshold === 'rel' ? best * (1 + signed) : best + signed;
    if (falls ? value < bound : value > bound) {
      best = value;
      wait = 0;
    } else {
      wait += 1;
    }
    if (cooling > 0) {
      cooling -= 1;
      wait = 0;
    }
    if (wait <= patience) continue;
    const lower = Math.max(rate * factor, minLearningRate);
    if (rate - lower > LEAST_CHANGE) rate = lower;
    cooling = cooldown;
    wait = 0;
  }
  return Math.fround(rate);
}
