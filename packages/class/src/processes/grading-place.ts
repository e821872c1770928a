import { LabproofError, type Recipe } from '@labproof/core';
import { type GradingDataset, type RecipeTrainer, brokenGrade } from '@labproof/grader';
import type { Refusal } from '@labproof/submission';
import { type ProcessHost, type WorkerEnd, hostProcess } from '@labproof/core/workers';
import {
  type FromGradingProcess,
  type GradingJob,
  type GradingSetup,
  type Loaded,
  type ToGradingProcess,
  type Trained,
  problemOfError,
} from './messages.ts';
import { MEMORY_SIGNAL, memoryLimitTooLow } from './process-watchdog.ts';
import type { Graded } from './graded.ts';
import { assertNotInterrupted } from './submission-executor.ts';
import { classError, classErrors } from '../errors.ts';

export interface GradingPlaceOptions {
  readonly setup: GradingSetup;
  /** Wall-clock seconds that one submission may take. */
  readonly timeLimit: number;
  /** Trains recipes for the checks of reproduction; the time that takes is not the submission's. */
  readonly trainer: RecipeTrainer | null;
  /** Loads a dataset; the time that takes is not the submission's, either. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly signal?: AbortSignal;
}

/**
 * Where one submission after the other is graded, in a process of its own that is started when it is needed. One that
 * runs out of time or memory or brings its process down gets a `broken` grade, since it cannot be told from outside
 * whether the submission or the machine was at fault, and a fresh process takes the next.
 */
export class GradingPlace {
  readonly #options: GradingPlaceOptions;
  #process: GradingProcess | null = null;

  constructor(options: GradingPlaceOptions) {
    this.#options = options;
  }

  async grade(job: GradingJob): Promise<Graded> {
    const { setup, timeLimit } = this.#options;
    // One that ended while it had nothing to do is no submission's fault.
    if (this.#process?.host.end != null) this.#process = null;
    this.#process ??= await this.#start();
    const process = this.#process;
    let reply = await ask(process, job, timeLimit);
    while (reply.kind === 'train' || reply.kind === 'load') {
      const answer: Trained | Loaded =
        reply.kind === 'train'
          ? await train(reply, this.#options.trainer)
          : { kind: 'loaded', dataset: await this.#options.loadDataset(reply.dataset) };
      assertNotInterrupted(this.#options);
      reply = await ask(process, answer, timeLimit);
    }
    assertNotInterrupted(this.#options);
    if (reply.kind === 'unchanged') return 'unchanged';
    if (reply.kind === 'graded') return { grade: reply.grade, models: reply.models };
    if (reply.kind === 'failed') throw new LabproofError(reply.problem);
    if (reply.kind === 'ready') throw new Error('a grading process answered out of turn');
    this.stop();
    const subject = { lab: setup.lab, student: job.student, name: job.name };
    return { grade: brokenGrade(subject, problemOf(reply, setup.memoryLimit)), models: [] };
  }

  /** Ends the process, whatever it does. */
  stop(): void {
    void this.#process?.host.stop();
    this.#process = null;
  }

  async #start(): Promise<GradingProcess> {
    const { setup } = this.#options;
    assertNotInterrupted(this.#options);
    // V8's own heap gets the memory limit as well as the whole process, which ends with a message instead of a long
    // fight for the last bytes. What libraries write about a student's file goes nowhere.
    const process: GradingProcess = hostProcess(
      { from: import.meta.url, path: './grading-process' },
      { heap: setup.memoryLimit },
    );
    // From here on it can be stopped, also while it starts.
    this.#process = process;
    const reply = await ask(process, setup, START_SECONDS);
    assertNotInterrupted(this.#options);
    if (reply.kind === 'ready') return process;
    this.stop();
    if (reply.kind === 'failed') throw new LabproofError(reply.problem);
    if (reply.kind === 'out-of-memory') throw memoryLimitTooLow(setup.memoryLimit);
    throw classError('grading-process-not-started', {
      message:
        `A grading process could not be started${reply.kind === 'died' ? ` (${reply.how})` : ''}. ${firstError(process)}`.trim(),
      fix: 'Run the command again with --jobs 1; if memory is short, close other programs.',
    });
  }
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

type GradingProcess = ProcessHost<ToGradingProcess, FromGradingProcess>;

type Ending =
  | { readonly kind: 'died'; readonly how: string }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'late'; readonly seconds: number };

/** Sends a message and waits for the answer, the end of the process or the end of the time. */
async function ask(
  { host, errors }: GradingProcess,
  message: ToGradingProcess,
  seconds: number,
): Promise<FromGradingProcess | Ending> {
  const reply = await host.ask(message, { seconds });
  if (reply.kind === 'answer') return reply.answer;
  return reply.kind === 'late' ? reply : ended(reply, errors());
}

function ended({ how, signal }: WorkerEnd, errors: string): Ending {
  const memory = signal === MEMORY_SIGNAL || /heap out of memory/iu.test(errors);
  return memory ? { kind: 'out-of-memory' } : { kind: 'died', how };
}

function problemOf(ending: Ending, memoryLimit: number): Refusal {
  switch (ending.kind) {
    case 'late':
      return classErrors.remark('time-limit', {
        message: `Grading was stopped after ${ending.seconds} seconds without a result, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher time limit; if it stops again, grade it by hand.',
      });
    case 'out-of-memory':
      return classErrors.remark('memory-limit', {
        message: `Grading was stopped because it needed more than ${memoryLimit} MiB of memory, so there is no score.`,
        fix: 'Grade this submission again alone and with a higher memory limit; if it stops again, grade it by hand.',
      });
    case 'died':
      return classErrors.remark('grading-process-died', {
        message: `The process that graded this submission ended unexpectedly (${ending.how}), so there is no score.`,
        fix: 'Grade this submission again with --jobs 1; if memory is short, close other programs.',
      });
  }
}
