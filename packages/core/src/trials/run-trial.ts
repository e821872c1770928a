import type { Dataset } from '../datasets/dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import { problemOf } from '../errors/reason.ts';
import type { ProgramSetup, TrainingProgram } from '../programs/program.ts';
import { Trainer } from '../training/trainer.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import { TrainingWatch } from '../training/watch.ts';
import type { Checkpoint } from './checkpoint.ts';
import { closeTrial } from './close-trial.ts';
import type { FinishedTrial } from './trial-cache.ts';
import { unexpectedFault } from './unexpected-fault.ts';
import { UnfinishedTrial } from './unfinished-trial.ts';

/** How far one trial is. */
export interface TrialProgress {
  readonly seed: number;
  /** Steps done of `totalSteps` over all epochs, those of a checkpoint included. */
  readonly steps: number;
  readonly totalSteps: number;
  readonly epoch: number;
}

/** Seconds between two checkpoints: losing less than this is cheaper than writing more often. */
const CHECKPOINT_SECONDS = 5;

/** Seconds between two progress reports. */
const PROGRESS_SECONDS = 0.1;

/**
 * Trains one trial to the end, from a checkpoint if there is one.
 * `now` gives seconds on a monotonic clock; it decides when to report and to save, never what comes out.
 * With `landmarks`, what stops it is thrown as an `UnfinishedTrial` with those that it came to.
 */
export async function runTrial(options: TrialToRun): Promise<FinishedTrial> {
  const watch = options.landmarks === true ? new TrainingWatch(options.plan.model) : null;
  if (watch === null) return trainToTheEnd(options, null);
  try {
    return await trainToTheEnd(options, watch);
  } catch (error) {
    const problem = problemOf(error, () => unexpectedFault(error));
    throw new UnfinishedTrial({ ...problem, cause: error }, watch.landmarks);
  }
}

interface TrialToRun {
  kernels: Kernels;
  /** Who computes, where it is not `kernels`. */
  createProgram?: (kernels: Kernels, setup: ProgramSetup) => TrainingProgram;
  plan: TrainingPlan;
  dataset: Dataset;
  seed: number;
  now: () => number;
  checkpoint?: Checkpoint | null;
  /** Write down what stands at the landmarks; such a trial takes no checkpoint. */
  landmarks?: boolean;
  onProgress?: (progress: TrialProgress) => void;
  onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>;
}

async function trainToTheEnd(
  options: TrialToRun,
  watch: TrainingWatch | null,
): Promise<FinishedTrial> {
  const { plan, seed, now, checkpoint } = options;
  const trainer = new Trainer({ ...options, watch });
  const started = now();
  const before = watch === null ? (checkpoint?.seconds ?? 0) : 0;
  // Half a way has half of the landmarks: who asks for them goes all of it.
  if (watch === null && checkpoint !== null && checkpoint !== undefined) {
    trainer.restore(checkpoint.state);
  }
  const totalSteps = trainer.stepsPerEpoch * plan.recipe.epochs;
  let reported = started;
  let saved = started;
  while (!trainer.finished) {
    const done = trainer.history.length;
    trainer.runEpoch((step) => {
      const time = now();
      if (time - reported < PROGRESS_SECONDS) return;
      reported = time;
      options.onProgress?.({
        seed,
        steps: done * trainer.stepsPerEpoch + step,
        totalSteps,
        epoch: done + 1,
      });
    });
    const time = now();
    if (
      options.onCheckpoint !== undefined &&
      watch === null &&
      !trainer.finished &&
      time - saved >= CHECKPOINT_SECONDS
    ) {
      saved = time;
      await options.onCheckpoint({ state: trainer.state(), seconds: before + (time - started) });
    }
  }
  const seconds = before + (now() - started);
  const finished = closeTrial(trainer, { seed, seconds, watch });
  trainer.release();
  return finished;
}
