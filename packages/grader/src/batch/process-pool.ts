import type { ChildProcess } from 'node:child_process';
import { LabproofError, type Recipe } from '@labproof/core';
import type { RecipeTrainer } from '../checks/reproduction-trials.ts';
import type { Grade, Refusal } from '../grade.ts';
import type { ComparableGrade } from '../grade-submission.ts';
import type { GradingDataset } from '../models/evaluate-model.ts';
import { instructorError } from '../refusal.ts';
import { brokenGrade } from '../whole-grade.ts';
import { forkGradingProcess, type GradingProcess } from './fork-grading-process.ts';
import { MEMORY_SIGNAL, memoryLimitTooLow } from './process-watchdog.ts';
import {
  type FromGradingProcess,
  type GradingJob,
  type GradingSetup,
  type Loaded,
  problemOfError,
  type ToGradingProcess,
  type Trained,
} from './messages.ts';

export interface PoolOptions {
  readonly setup: GradingSetup;
  readonly jobs: readonly GradingJob[];
  /** Processes side by side. */
  readonly processes: number;
  /** Wall-clock seconds that one submission may take. */
  readonly timeLimit: number;
  /** `unchanged`: the submission is the one for which a grade is kept. */
  readonly onGraded: (job: GradingJob, grade: ComparableGrade | 'unchanged') => void;
  /** Trains recipes for the checks of reproduction; the time that takes is not the submission's. */
  readonly trainer: RecipeTrainer | null;
  /** Loads a dataset; the time that takes is not the submission's, either. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly signal?: AbortSignal;
}

/**
 * Grades submissions in processes of their own. One that runs out of time or memory or brings its process down gets
 * a `broken` grade, since it cannot be told from outside whether the submission or the machine was at fault, and a
 * fresh process takes the next.
 */
export async function gradeInProcesses(options: PoolOptions): Promise<void> {
  const queue = [...options.jobs];
  const running = new Set<ChildProcess>();
  const stop = (): void => {
    for (const child of running) child.kill('SIGKILL');
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const workers = Math.min(options.processes, queue.length);
    await Promise.all(Array.from({ length: workers }, () => drain(queue, running, options)));
  } finally {
    options.signal?.removeEventListener('abort', stop);
    stop();
  }
}

async function drain(
  queue: GradingJob[],
  running: Set<ChildProcess>,
  options: PoolOptions,
): Promise<void> {
  let process: GradingProcess | null = null;
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    process ??= await start(running, options);
    let reply = await ask(process, job, options.timeLimit);
    while (reply.kind === 'train' || reply.kind === 'load') {
      const answer: Trained | Loaded =
        reply.kind === 'train'
          ? await train(reply, options.trainer)
          : { kind: 'loaded', dataset: await options.loadDataset(reply.dataset) };
      assertNotInterrupted(options);
      reply = await ask(process, answer, options.timeLimit);
    }
    assertNotInterrupted(options);
    if (reply.kind === 'unchanged') {
      options.onGraded(job, 'unchanged');
      continue;
    }
    if (reply.kind === 'graded') {
      options.onGraded(job, { grade: reply.grade, models: reply.models });
      continue;
    }
    if (reply.kind === 'failed') throw new LabproofError(reply.problem);
    if (reply.kind === 'ready') throw new Error('a grading process answered out of turn');
    process.child.kill('SIGKILL');
    running.delete(process.child);
    process = null;
    options.onGraded(job, { grade: abandoned(job, reply, options), models: [] });
  }
  process?.child.disconnect();
}

async function train(
  { recipe, seeds }: { readonly recipe: Recipe; readonly seeds: readonly number[] },
  trainer: RecipeTrainer | null,
): Promise<Trained> {
  try {
    if (trainer === null) throw new Error('a training was asked for, and there is no trainer');
    return { kind: 'trained', accuracies: await trainer(recipe, seeds) };
  } catch (error) {
    return { kind: 'untrained', problem: problemOfError(error) };
  }
}

async function start(running: Set<ChildProcess>, options: PoolOptions): Promise<GradingProcess> {
  assertNotInterrupted(options);
  const process = forkGradingProcess(options.setup.memoryLimit);
  running.add(process.child);
  process.child.once('exit', () => running.delete(process.child));
  const reply = await ask(process, options.setup, START_SECONDS);
  assertNotInterrupted(options);
  if (reply.kind === 'failed') throw new LabproofError(reply.problem);
  if (reply.kind === 'ready') return process;
  if (reply.kind === 'out-of-memory') throw memoryLimitTooLow(options.setup.memoryLimit);
  throw new LabproofError({
    code: 'grading-process-not-started',
    owner: 'us',
    message:
      `A grading process could not be started${reply.kind === 'died' ? ` (${reply.how})` : ''}. ${firstError(process)}`.trim(),
    fix: 'Run the command again with --jobs 1; if memory is short, close other programs.',
  });
}

/** What the process said last: before its first submission nothing in it is a student's. */
function firstError({ errors }: GradingProcess): string {
  return (
    errors()
      .split('\n')
      .find((line) => /error/iu.test(line))
      ?.trim() ?? ''
  );
}

const START_SECONDS = 120;

type Ending =
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'late'; readonly seconds: number };

/** Sends a message and waits for the answer, the end of the process or the end of the time. */
function ask(
  { child, errors }: GradingProcess,
  message: ToGradingProcess,
  seconds: number,
): Promise<FromGradingProcess | Ending> {
  return new Promise((resolve) => {
    const finish = (reply: FromGradingProcess | Ending): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('close', onClose);
      resolve(reply);
    };
    const onMessage = (reply: unknown): void => finish(reply as FromGradingProcess);
    const onClose = (code: number | null, signal: string | null): void => {
      const memory = signal === MEMORY_SIGNAL || /heap out of memory/iu.test(errors());
      finish(
        memory ? { kind: 'out-of-memory' } : { kind: 'died', how: signal ?? `exit code ${code}` },
      );
    };
    const timer = setTimeout(() => finish({ kind: 'late', seconds }), seconds * 1000);
    child.on('message', onMessage).on('close', onClose);
    child.send(message, (error) => {
      if (error !== null) finish({ kind: 'died', how: error.message });
    });
  });
}

function abandoned(job: GradingJob, ending: Ending, { setup }: PoolOptions): Grade {
  return brokenGrade(
    { lab: setup.lab, student: job.student, name: job.name },
    problemOf(ending, setup.memoryLimit),
  );
}

function problemOf(ending: Ending, memoryLimit: number): Refusal {
  switch (ending.kind) {
    case 'late':
      return {
        code: 'time-limit',
        message: `Grading was stopped after ${ending.seconds} seconds without a result, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher time limit; if it stops again, grade it by hand.',
      };
    case 'out-of-memory':
      return {
        code: 'memory-limit',
        message: `Grading was stopped because it needed more than ${memoryLimit} MiB of memory, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher memory limit; if it stops again, grade it by hand.',
      };
    case 'died':
      return {
        code: 'grading-process-died',
        message: `The process that graded this submission ended unexpectedly (${ending.how}), so there is no score.`,
        fix: 'Grade this submission again with --jobs 1; if memory is short, close other programs.',
      };
  }
}

function assertNotInterrupted({ signal }: PoolOptions): void {
  if (signal?.aborted !== true) return;
  throw instructorError(
    'grading-interrupted',
    'Grading was interrupted before every submission was graded; the results are as they were.',
    'Run the same command again: it goes on with the submissions that are left.',
  );
}
