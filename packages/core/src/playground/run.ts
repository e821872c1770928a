import { type PlaygroundConfig, playgroundParameters } from './config.ts';
import { pointCount } from './points.ts';
import { type PlaygroundEpoch, PlaygroundSimulation } from './simulation.ts';

/** What one seed gave. */
export interface PlaygroundRun {
  readonly seed: number;
  /** Epochs that were trained. */
  readonly epochs: number;
  /** After the last epoch. */
  readonly trainLoss: number;
  readonly testLoss: number;
  /** The lowest test loss after any epoch. */
  readonly lowestTestLoss: number;
  /** The first epoch after which the test loss was below the target; `null` when it never was. */
  readonly firstUnderTarget: number | null;
  /** SHA-256 of the final parameters, little-endian float64. */
  readonly digest: string;
  /** Losses after every epoch, the state before training as epoch 0; empty unless asked for. */
  readonly history: readonly PlaygroundEpoch[];
}

export interface PlaygroundRunOptions {
  readonly epochs: number;
  /** The test loss to get below. */
  readonly target: number;
  /** Whether to keep the losses of every epoch, which costs a pass over the training points each. */
  readonly history?: boolean;
  /** Whether to end as soon as the test loss is below the target. */
  readonly stopUnderTarget?: boolean;
}

/** A run with the network that it trained. */
export interface TrainedPlayground {
  readonly run: PlaygroundRun;
  readonly simulation: PlaygroundSimulation;
}

/** Runs a configuration from one seed. A run that diverges keeps its NaN losses and never is below the target. */
export function runPlayground(
  config: PlaygroundConfig,
  seed: number,
  options: PlaygroundRunOptions,
): TrainedPlayground {
  const epochs = playgroundEpochs(config, seed, options);
  let step = epochs.next();
  while (step.done !== true) step = epochs.next();
  return step.value;
}

/** The same an epoch at a time: gives the number of each after it was trained, for who has to see to other things. */
export function* playgroundEpochs(
  config: PlaygroundConfig,
  seed: number,
  options: PlaygroundRunOptions,
): Generator<number, TrainedPlayground, void> {
  const { epochs, target, history: keeps = false, stopUnderTarget = false } = options;
  const simulation = PlaygroundSimulation.fromSeed(config, seed);
  const history: PlaygroundEpoch[] = [];
  let testLoss = simulation.testLoss();
  let lowestTestLoss = Infinity;
  let firstUnderTarget: number | null = null;
  const record = (epoch: number): void => {
    if (keeps) history.push({ epoch, trainLoss: simulation.trainLoss(), testLoss });
  };
  record(0);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    simulation.step();
    testLoss = simulation.testLoss();
    if (testLoss < lowestTestLoss) lowestTestLoss = testLoss;
    if (testLoss < target) firstUnderTarget ??= epoch;
    record(epoch);
    if (stopUnderTarget && firstUnderTarget !== null) break;
    yield epoch;
  }
  const run: PlaygroundRun = {
    seed,
    epochs: simulation.epoch,
    trainLoss: simulation.trainLoss(),
    testLoss,
    lowestTestLoss,
    firstUnderTarget,
    digest: simulation.digest(),
    history,
  };
  return { run, simulation };
}

/**
 * Roughly what a run costs: examples seen, times the parameters that each touches and a constant for what it costs
 * besides. About 100 million of these a second on one core of a current machine.
 */
export function playgroundWork(config: PlaygroundConfig, epochs: number): number {
  return pointCount(config) * epochs * (playgroundParameters(config) + 10);
}
