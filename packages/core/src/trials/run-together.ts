import type { Dataset } from '../datasets/dataset.ts';
import type { Kernels } from '../engines/kernels.ts';
import type { TrainingProgram } from '../programs/program.ts';
import type { SideBySideProgram } from '../programs/cuda/side-by-side.ts';
import { Trainer } from '../training/trainer.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import { TrainingWatch } from '../training/watch.ts';
import type { Checkpoint } from './checkpoint.ts';
import { closeTrial } from './close-trial.ts';
import type { TrialProgress } from './run-trial.ts';
import type { FinishedTrial } from './trial-cache.ts';

/** One of several trials of a recipe that go on from the end of the same epoch. */
export interface TrialOfGroup {
  readonly seed: number;
  readonly checkpoint: Checkpoint | null;
  /** Write down what stands at the landmarks that an epoch shows. */
  readonly landmarks?: boolean;
}

const PROGRESS_SECONDS = 0.1;

/** Seconds between two checkpoints, at the least; and what they may take of the time, at the most. */
const CHECKPOINT_SECONDS = 5;
const CHECKPOINT_SHARE = 0.05;

/**
 * Trains trials that take every step together to the end, each as `runTrial` would train it alone. Their checkpoints
 * must be of the same epoch. `seconds` of a result is the trial's share of the time that all of them took.
 */
export async function runTogether(options: {
  /** Draws the initial weights. */
  kernels: Kernels;
  program: SideBySideProgram;
  plan: TrainingPlan;
  dataset: Dataset;
  trials: readonly TrialOfGroup[];
  now: () => number;
  onProgress?: (progress: TrialProgress) => void;
  onCheckpoint?: (trial: number, checkpoint: Checkpoint) => Promise<void>;
  onFinished: (trial: number, finished: FinishedTrial) => Promise<void>;
}): Promise<void> {
  const { program, plan, trials, now } = options;
  const started = now();
  const all = trials.map(({ seed, checkpoint, landmarks }, index): Member => {
    const watch = landmarks === true ? new TrainingWatch(plan.model) : null;
    const createProgram = (): TrainingProgram => program.view(index);
    const trainer = new Trainer({ ...options, seed, createProgram, watch });
    if (checkpoint !== null) trainer.restore(checkpoint.state);
    return { index, seed, trainer, watch, before: checkpoint?.seconds ?? 0 };
  });
  const share = (member: Member): number => member.before + (now() - started) / all.length;
  let training = all;
  let reported = started;
  let nextCheckpoint = started + CHECKPOINT_SECONDS;
  for (;;) {
    for (const member of training.filter(({ trainer }) => trainer.finished)) {
      const { index, seed, trainer, watch } = member;
      const seconds = share(member);
      await options.onFinished(index, closeTrial(trainer, { seed, seconds, watch }));
    }
    training = training.filter(({ trainer }) => !trainer.finished);
    const [first] = training;
    if (first === undefined) return;
    const time = now();
    if (options.onCheckpoint !== undefined && time >= nextCheckpoint) {
      for (const member of training) {
        const checkpoint = { state: member.trainer.state(), seconds: share(member) };
        await options.onCheckpoint(member.index, checkpoint);
      }
      const taken = now() - time;
      nextCheckpoint = now() + Math.max(CHECKPOINT_SECONDS, taken / CHECKPOINT_SHARE);
    }
    const done = first.trainer.history.length;
    const { stepsPerEpoch } = first.trainer;
    const batches = program.epoch(
      all.map(({ trainer }) => trainer.nextOrder()),
      (step) => first.trainer.momentOf(step),
      (step) => {
        const moment = now();
        if (moment - reported < PROGRESS_SECONDS) return;
        reported = moment;
        for (const { seed } of training) {
          const steps = done * stepsPerEpoch + step;
          const totalSteps = stepsPerEpoch * plan.recipe.epochs;
          options.onProgress?.({ seed, steps, totalSteps, epoch: done + 1 });
        }
      },
    );
    for (const { index, trainer } of training) trainer.finishEpoch(batches[index] ?? []);
  }
}

interface Member {
  readonly index: number;
  readonly seed: number;
  readonly trainer: Trainer;
  readonly watch: TrainingWatch | null;
  /** Seconds up to its checkpoint. */
  readonly before: number;
}
