import { type Kernels, LabproofError, openKernels, type Recipe } from '@labproof/core';
import { setLimits } from '../limits.ts';
import { openHandIn } from '../submission/open-hand-in.ts';
import { submissionDigest } from '../submission/submission-digest.ts';
import { gradeFiles, type GradingTask, orProblem } from './grade-path.ts';
import { memoryLimitTooLow, watchProcess } from './process-watchdog.ts';
import {
  type FromGradingProcess,
  type GradingJob,
  type GradingSetup,
  problemOfError,
  type ToGradingProcess,
  type Trained,
} from './messages.ts';

/** Entry of a grading process: it is set up once and then grades one submission after the other. */
let ready: { setup: GradingSetup; kernels: Kernels } | null = null;

/** Trainings that this process waits for. */
let waiting: ((answer: Trained) => void) | null = null;

process.on('message', (message: ToGradingProcess) => {
  if (message.kind === 'trained' || message.kind === 'untrained') {
    waiting?.(message);
    return;
  }
  handle(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ kind: 'failed', problem: problemOfError(error) }),
  );
});

async function handle(message: GradingSetup | GradingJob): Promise<FromGradingProcess> {
  if (message.kind === 'setup') {
    watchProcess(message.memoryLimit);
    setLimits(message.limits);
    ready = { setup: message, kernels: await openKernels(message.engine) };
    // What the process itself needs must leave room for a submission.
    if (process.memoryUsage.rss() > message.memoryLimit * 2 ** 20) {
      throw memoryLimitTooLow(message.memoryLimit);
    }
    return { kind: 'ready' };
  }
  if (ready === null) throw new Error('a submission came before the setup');
  return grade(message, ready.setup, ready.kernels);
}

async function grade(
  { parts, student, name, keptDigest }: GradingJob,
  { lab, datasets, trains }: GradingSetup,
  kernels: Kernels,
): Promise<FromGradingProcess> {
  const task: GradingTask = {
    lab,
    kernels,
    datasets: new Map(datasets.map((dataset) => [dataset.id, dataset])),
    student,
    name,
    ...(trains ? { trainer: train } : {}),
  };
  const result = await orProblem(task, async () => {
    const files = await openHandIn(parts);
    if (keptDigest !== null && submissionDigest(files) === keptDigest) return null;
    return gradeFiles(task, files);
  });
  return result === null ? { kind: 'unchanged' } : { kind: 'graded', ...result };
}

/** Trainings happen where the data and the cache of trials are: with whoever started this process. */
async function train(recipe: Recipe, seeds: readonly number[]): Promise<readonly number[]> {
  const answer = await new Promise<Trained>((resolve) => {
    waiting = resolve;
    process.send?.({ kind: 'train', recipe, seeds } satisfies FromGradingProcess);
  });
  if (answer.kind === 'trained') return answer.accuracies;
  throw new LabproofError(answer.problem);
}
