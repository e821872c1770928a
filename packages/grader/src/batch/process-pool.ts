import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LabproofError } from '@labproof/core';
import type { Grade } from '../grade.ts';
import { instructorError } from '../refusal.ts';
import { brokenGrade } from '../whole-grade.ts';
import type { FromGradingProcess, GradingJob, GradingSetup, ToGradingProcess } from './messages.ts';

export interface PoolOptions {
  readonly setup: GradingSetup;
  readonly jobs: readonly GradingJob[];
  /** Processes side by side. */
  readonly processes: number;
  /** Wall-clock seconds that one submission may take. */
  readonly timeLimit: number;
  readonly onGraded: (job: GradingJob, grade: Grade) => void;
  readonly signal?: AbortSignal;
}

/**
 * Grades submissions in processes of their own. One that runs out of time or brings its process down gets a `broken`
 * grade, since it cannot be told from outside whether the submission or the machine was at fault, and a fresh
 * process takes the next.
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
  let child: ChildProcess | null = null;
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    child ??= await start(running, options);
    const reply = await ask(child, { ...job }, options.timeLimit);
    assertNotInterrupted(options);
    if (reply.kind === 'graded') {
      options.onGraded(job, reply.grade);
      continue;
    }
    if (reply.kind === 'failed') throw new LabproofError(reply.problem);
    if (reply.kind === 'ready') throw new Error('a grading process answered out of turn');
    child.kill('SIGKILL');
    running.delete(child);
    child = null;
    options.onGraded(job, abandoned(job, reply, options));
  }
  child?.disconnect();
}

async function start(running: Set<ChildProcess>, options: PoolOptions): Promise<ChildProcess> {
  assertNotInterrupted(options);
  const child = forkGradingProcess();
  running.add(child);
  child.once('exit', () => running.delete(child));
  const reply = await ask(child, options.setup, START_SECONDS);
  assertNotInterrupted(options);
  if (reply.kind === 'failed') throw new LabproofError(reply.problem);
  if (reply.kind === 'ready') return child;
  throw new LabproofError({
    code: 'grading-process-not-started',
    owner: 'us',
    message: 'A grading process could not be started.',
    fix: 'Run the command again with --jobs 1; if memory is short, close other programs.',
  });
}

const START_SECONDS = 120;

type Ending =
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'late'; readonly seconds: number };

/** Sends a message and waits for the answer, the end of the process or the end of the time. */
function ask(
  child: ChildProcess,
  message: ToGradingProcess,
  seconds: number,
): Promise<FromGradingProcess | Ending> {
  return new Promise((resolve) => {
    const finish = (reply: FromGradingProcess | Ending): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
      resolve(reply);
    };
    const onMessage = (reply: unknown): void => finish(reply as FromGradingProcess);
    const onExit = (code: number | null, signal: string | null): void =>
      finish({ kind: 'died', how: signal ?? `exit code ${code}` });
    const timer = setTimeout(() => finish({ kind: 'late', seconds }), seconds * 1000);
    child.on('message', onMessage).on('exit', onExit);
    child.send(message, (error) => {
      if (error !== null) finish({ kind: 'died', how: error.message });
    });
  });
}

function abandoned(job: GradingJob, ending: Ending, { setup }: PoolOptions): Grade {
  const problem =
    ending.kind === 'late'
      ? {
          code: 'time-limit',
          message: `Grading was stopped after ${ending.seconds} seconds without a result, so there is no score.`,
          fix: 'Grade this submission again alone and with a higher time limit; if it stops again, grade it by hand.',
        }
      : {
          code: 'grading-process-died',
          message: `The process that graded this submission ended unexpectedly (${ending.how}), so there is no score.`,
          fix: 'Grade this submission again with --jobs 1; if memory is short, close other programs.',
        };
  return brokenGrade({ lab: setup.lab, student: job.student, name: job.name }, problem);
}

function assertNotInterrupted({ signal }: PoolOptions): void {
  if (signal?.aborted !== true) return;
  throw instructorError(
    'grading-interrupted',
    'Grading was interrupted before every submission was graded; nothing was written.',
    'Run the same command again.',
  );
}

/** From sources (tests, development) the process needs the tsx loader; a built package needs nothing. */
function forkGradingProcess(): ChildProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const entry = new URL(`./grading-process.${fromSources ? 'ts' : 'js'}`, import.meta.url);
  const execArgv = fromSources
    ? [
        '--conditions=@labproof/source',
        `--import=${pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href}`,
      ]
    : [];
  return fork(fileURLToPath(entry), [], {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
