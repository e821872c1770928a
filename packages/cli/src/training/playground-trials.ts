import { formatPlural } from '@labproof/submission';
import {
  type PlaygroundConfig,
  playgroundEpochs,
  type PlaygroundRun,
  playgroundWork,
  type SuccessRate,
  successRate,
} from '@labproof/core/playground';
import type { PlaygroundExercise } from '@labproof/lab';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { inTurns } from './in-turns.ts';
import { KeptPlaygroundRuns } from './kept-playground-runs.ts';

/** A playground exercise that was run. */
export interface PlaygroundTrials {
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  readonly runs: readonly PlaygroundRun[];
  readonly success: SuccessRate;
}

/** Work of a turn, as `playgroundWork` counts it: about a twentieth of a second. */
const TURN_WORK = 5e6;

/** Epochs that are trained between two looks at what else has happened. */
export function epochsOfTurn(config: PlaygroundConfig): number {
  return Math.max(1, Math.floor(TURN_WORK / playgroundWork(config, 1)));
}

/**
 * Runs a playground exercise from consecutive seeds, each for all its epochs, with progress on stderr. Finished runs
 * are kept beside the trials, so that a command that was interrupted goes on with the next seed.
 */
export async function runPlaygroundTrials(
  context: Context,
  exercise: PlaygroundExercise,
  options: { trials: number; seed: number; epochs?: number; config: PlaygroundConfig },
): Promise<PlaygroundTrials> {
  const { config, trials } = options;
  const { signal } = context;
  const epochs = options.epochs ?? exercise.epochs;
  const { target } = exercise;
  const kept = new KeptPlaygroundRuns(context.trialCacheDirectory);
  const progress = new Progress(context, exercise.id);
  const steps = epochsOfTurn(config);
  const runs: PlaygroundRun[] = [];
  let found = 0;
  const update = (epoch: number): void =>
    progress.update(
      (runs.length + epoch / epochs) / trials,
      `${runs.length} of ${formatPlural(trials, 'trial')}`,
    );
  try {
    for (let seed = options.seed; seed < options.seed + trials; seed += 1) {
      signal.throwIfAborted();
      const identity = { config, epochs, target, seed };
      let run = await kept.read(identity);
      if (run === null) {
        const training = playgroundEpochs(config, seed, { epochs, target, history: true });
        ({ run } = await inTurns(training, { steps, signal, onTurn: update }));
        await kept.write(identity, run);
      } else {
        found += 1;
      }
      runs.push(run);
      update(0);
    }
  } catch (error) {
    progress.stop();
    throw error;
  }
  const from = found === 0 ? '' : `, ${found} of them from the cache`;
  progress.done(`${runs.length} ${runs.length === 1 ? 'trial' : 'trials'}${from}`);
  return { config, epochs, target, runs, success: successRate(runs) };
}
