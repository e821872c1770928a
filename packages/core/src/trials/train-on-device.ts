import type { Dataset } from '../datasets/dataset.ts';
import { openCuda } from '../engines/cuda/open.ts';
import { openKernels } from '../engines/open.ts';
import { SideBySideProgram } from '../programs/cuda/side-by-side.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import type { Checkpoint } from './checkpoint.ts';
import { runTogether } from './run-together.ts';
import type { TrialProgress } from './run-trial.ts';
import type { TrialCache } from './trial-cache.ts';
import type { TrialJob } from './worker-messages.ts';

/** More trials side by side than this make nothing faster: what the processor does for each of them takes over. */
const MOST_SIDE_BY_SIDE = 32;

/** Multiply-adds of a step, all trials and both gradients together, that keep a large GPU busy. */
const WORK_OF_A_STEP = 8e10;

/** The share of the device's free memory that trials may take, and what a convolution's partial sums may add to each. */
const MEMORY_SHARE = 0.8;
const PARTIAL_SUMS = 1 << 26;

/**
 * Trains trials of one dataset on the GPU, those of a recipe side by side, and leaves them in the cache. Trials with a
 * checkpoint go on from it, together with those that are as far.
 */
export async function trainOnDevice(options: {
  readonly jobs: readonly TrialJob[];
  readonly dataset: Dataset;
  readonly cache: TrialCache;
  readonly now: () => number;
  readonly onProgress?: (progress: TrialProgress) => void;
  readonly onFinished: (key: string) => void;
}): Promise<void> {
  const { dataset, cache } = options;
  const engine = await openCuda();
  const host = await openKernels('auto');
  for (const group of await groupsOf(options.jobs, cache)) {
    const [{ plan }] = group;
    const most = sideBySide(plan, engine.freeMemory());
    for (let first = 0; first < group.length; first += most) {
      const trials = group.slice(first, first + most);
      const kernels = engine.createKernels(trials.length);
      try {
        const program = new SideBySideProgram(kernels, {
          recipe: plan.recipe,
          plan: plan.model,
          dataset,
          seeds: trials.map(({ seed }) => seed),
        });
        await runTogether({
          ...options,
          kernels: host,
          program,
          plan,
          trials,
          async onCheckpoint(index, checkpoint) {
            const trial = trials[index];
            if (trial === undefined || trial.landmarks === true) return;
            await cache.writeCheckpoint(trial.key, checkpoint, cache.isOwn(trial.checkpoint));
          },
          async onFinished(index, finished) {
            const { key = '', checkpoint = null } = trials[index] ?? {};
            await cache.write(key, finished, cache.isOwn(checkpoint));
            options.onFinished(key);
          },
        });
      } finally {
        kernels.release();
      }
    }
  }
}

interface WaitingTrial extends TrialJob {
  readonly checkpoint: Checkpoint | null;
}

type Group = readonly [WaitingTrial, ...WaitingTrial[]];

/** The trials that can take every step together: of the same plan, and as far as each other. */
async function groupsOf(jobs: readonly TrialJob[], cache: TrialCache): Promise<Group[]> {
  const groups = new Map<string, [WaitingTrial, ...WaitingTrial[]]>();
  for (const job of jobs) {
    const checkpoint = job.landmarks === true ? null : await cache.readCheckpoint(job.key);
    const done = checkpoint?.state.epochs.length ?? 0;
    // Where the learning rate follows a trial's own results, its steps are its own.
    const own = job.plan.recipe.reduceOnPlateau === undefined ? '' : job.key;
    const name = JSON.stringify([job.plan.recipe, done, own]);
    const trial = { ...job, checkpoint };
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [trial]);
    else group.push(trial);
  }
  return [...groups.values()];
}

/** How many trials of a plan are trained at a time on a device with so much free memory. */
export function sideBySide({ recipe, model, limits }: TrainingPlan, freeBytes: number): number {
  const { memory, multiplyAdds } = limits;
  const convolves = model.layers.some(({ className }) => className === 'Conv2D');
  const bytes = memory.total - memory.data + (convolves ? PARTIAL_SUMS : 0);
  const room = Math.floor((freeBytes * MEMORY_SHARE - memory.data) / bytes);
  const step = 3 * multiplyAdds.example * recipe.batchSize;
  const useful = Math.min(MOST_SIDE_BY_SIDE, Math.ceil(WORK_OF_A_STEP / step));
  return Math.max(1, Math.min(room, useful));
}
