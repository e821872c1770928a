import { type Kernels, LabproofError, openKernels, type Recipe } from '@labproof/core';
import { withoutStrayRejections } from '@labproof/core/workers';
import { readingLimits, submissionDigest } from '@labproof/submission';
import type { GradingDataset, PlaygroundRunner } from '@labproof/grader';
import { openSource } from './pack-hand-in.ts';
import { type GradingTask, gradeFiles } from './grade-path.ts';
import { orProblem } from './or-problem.ts';
import { memoryLimitTooLow, watchProcess } from './process-watchdog.ts';
import { WorkNotes } from './work-notes.ts';
import {
  type FromGradingProcess,
  type GradingJob,
  type GradingSetup,
  type Loaded,
  type Tallied,
  type ToGradingProcess,
  type Trained,
  problemOfError,
} from './messages.ts';

/** Entry of a grading process: it is set up once and then grades one submission after the other. */
let ready: { setup: GradingSetup; kernels: Kernels; notes: WorkNotes } | null = null;

// Ctrl-C reaches every process of a terminal; what it ends is decided by whoever started this one.
process.on('SIGINT', () => undefined);

// Also one that comes when its submission has long been graded.
process.on('unhandledRejection', () => undefined);

/** Trainings, a dataset or a tally that this process waits for. */
let waiting: ((answer: Trained | Loaded | Tallied) => void) | null = null;

/** What was examined on before is not sent again. */
const datasets = new Map<string, GradingDataset>();

process.on('message', (message: ToGradingProcess) => {
  if (message.kind !== 'setup' && message.kind !== 'grade') {
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
    const notes = new WorkNotes(
      message.noteToken ?? 'reading',
      readingLimits(message.limits).submission.readingSeconds,
    );
    watchProcess(message.memoryLimit, notes.until);
    ready = {
      setup: message,
      kernels: await openKernels(message.engine, {
        threads: message.threads ?? 1,
      }),
      notes,
    };
    // What the process itself needs must leave room for a submission.
    if (process.memoryUsage.rss() > message.memoryLimit * 2 ** 20) {
      throw memoryLimitTooLow(message.memoryLimit);
    }
    return { kind: 'ready' };
  }
  if (ready === null) throw new Error('a submission came before the setup');
  return grade(message, ready);
}

async function grade(
  { source, student, name, keptDigest, setAside = [], stopped = [] }: GradingJob,
  { setup, kernels, notes }: NonNullable<typeof ready>,
): Promise<FromGradingProcess> {
  const { lab, trains } = setup;
  const limits = readingLimits(setup.limits);
  const task: GradingTask = {
    lab,
    limits,
    kernels,
    datasets,
    loadDataset,
    student,
    name,
    setAside,
    onRead: () => notes.read(),
    stopped,
    onWork: (piece) => notes.at(piece),
    ...(trains ? { trainer: train } : {}),
    playground,
  };
  const result = await withoutStrayRejections(() =>
    orProblem(task, async () => {
      const files = notes.noting(await openSource(source, limits));
      if (keptDigest !== null && submissionDigest(files) === keptDigest) return null;
      return gradeFiles(task, files);
    }),
  );
  notes.read();
  return result === null ? { kind: 'unchanged' } : { kind: 'graded', ...result };
}

/** Datasets are loaded, and perhaps downloaded, once for all processes. */
async function loadDataset(id: string): Promise<GradingDataset> {
  const known = datasets.get(id);
  if (known !== undefined) return known;
  const answer = await ask({ kind: 'load', dataset: id });
  if (answer.kind !== 'loaded') throw new Error('a dataset was asked for');
  datasets.set(id, answer.dataset);
  return answer.dataset;
}

/** Trainings happen where the data and the cache of trials are: with whoever started this process. */
async function train(recipe: Recipe, seeds: readonly number[]): Promise<readonly number[]> {
  const answer = await ask({ kind: 'train', recipe, seeds });
  if (answer.kind === 'trained') return answer.accuracies;
  if (answer.kind !== 'untrained') throw new Error('trainings were asked for');
  throw new LabproofError(answer.problem);
}

/** Whoever started this process knows what others' playground networks came to. */
const playground: PlaygroundRunner = async (settings, run) => {
  const answer = await ask({ kind: 'play', settings });
  if (answer.kind !== 'tally') throw new Error('a tally was asked for');
  if (answer.tally !== null) return answer.tally;
  const tally = run();
  await ask({ kind: 'played', settings, tally });
  return tally;
};

function ask(wish: FromGradingProcess): Promise<Trained | Loaded | Tallied> {
  return new Promise((resolve) => {
    waiting = resolve;
    process.send?.(wish);
  });
}
