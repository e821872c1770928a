import { type Kernels, LabproofError, openKernels } from '@labproof/core';
import { reasonOf } from '../refusal.ts';
import { openHandIn } from '../submission/open-hand-in.ts';
import { submissionDigest } from '../submission/submission-digest.ts';
import { gradeFiles, type GradingTask, orProblem } from './grade-path.ts';
import { memoryLimitTooLow, watchProcess } from './process-watchdog.ts';
import type {
  FromGradingProcess,
  GradingJob,
  GradingSetup,
  Problem,
  ToGradingProcess,
} from './messages.ts';

/** Entry of a grading process: it is set up once and then grades one submission after the other. */
let ready: { setup: GradingSetup; kernels: Kernels } | null = null;

process.on('message', (message: ToGradingProcess) => {
  handle(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ kind: 'failed', problem: problemOf(error) }),
  );
});

async function handle(message: ToGradingProcess): Promise<FromGradingProcess> {
  if (message.kind === 'setup') {
    watchProcess(message.memoryLimit);
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
  { lab, datasets }: GradingSetup,
  kernels: Kernels,
): Promise<FromGradingProcess> {
  const task: GradingTask = {
    lab,
    kernels,
    datasets: new Map(datasets.map((dataset) => [dataset.id, dataset])),
    student,
    name,
  };
  const result = await orProblem(task, async () => {
    const files = await openHandIn(parts);
    if (keptDigest !== null && submissionDigest(files) === keptDigest) return null;
    return gradeFiles(task, files);
  });
  return result === null ? { kind: 'unchanged' } : { kind: 'graded', grade: result };
}

function problemOf(error: unknown): Problem {
  if (error instanceof LabproofError) {
    const { code, owner, message, fix } = error;
    return { code, owner, message, fix };
  }
  return {
    code: 'grading-failed',
    owner: 'us',
    message: `A grading process failed: ${reasonOf(error)}.`,
    fix: 'Run the command again, and report the fault if it comes back.',
  };
}
