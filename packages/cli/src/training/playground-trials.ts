import {
  type PlaygroundConfig,
  type PlaygroundRun,
  runPlayground,
  type SuccessRate,
  successRate,
} from '@labproof/core';
import type { PlaygroundExercise } from '@labproof/lab';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';

/** A playground exercise that was run. */
export interface PlaygroundTrials {
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  readonly runs: readonly PlaygroundRun[];
  readonly success: SuccessRate;
}

/** Runs a playground exercise from consecutive seeds, each for all its epochs, with progress on stderr. */
export function runPlaygroundTrials(
  context: Context,
  exercise: PlaygroundExercise,
  options: { trials: number; seed: number; epochs?: number; config: PlaygroundConfig },
): PlaygroundTrials {
  const { config } = options;
  const epochs = options.epochs ?? exercise.epochs;
  const { target } = exercise;
  const progress = new Progress(context, exercise.id);
  const runs: PlaygroundRun[] = [];
  for (let index = 0; index < options.trials; index += 1) {
    context.signal.throwIfAborted();
    const { run } = runPlayground(config, options.seed + index, {
      epochs,
      target,
      history: true,
    });
    runs.push(run);
    progress.update(runs.length / options.trials, `${runs.length} of ${options.trials} trials`);
  }
  progress.done(`${runs.length} ${runs.length === 1 ? 'trial' : 'trials'}`);
  return { config, epochs, target, runs, success: successRate(runs) };
}
