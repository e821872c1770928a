import { LabproofError, type Recipe } from '@labproof/core';
import { randomUUID } from 'node:crypto';
import {
  type GradingDataset,
  type PlaygroundSettings,
  type RecipeTrainer,
  brokenGrade,
  type StoppedWork,
  keyOf,
  unreadGrade,
} from '@labproof/grader';
import { type SetAside, refusalOf } from '@labproof/submission';
import { type ProcessHost, type WorkerEnd, hostProcess } from '@labproof/core/workers';
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
import { type Ending, MOST_SET_ASIDE, problemOf, takesTooMuch, tookTooMuch } from './endings.ts';
import { MEMORY_SIGNAL, WORK_SIGNAL, memoryLimitTooLow } from './process-watchdog.ts';
import { PlaygroundTallies } from './playground-tallies.ts';
import { lastNote } from './work-notes.ts';
import type { Graded } from './graded.ts';
import { assertNotInterrupted } from './submission-executor.ts';
import { classError } from '../errors.ts';

export interface GradingPlaceOptions {
  readonly setup: GradingSetup;
  /** Wall-clock seconds that one submission may take. */
  readonly timeLimit: number;
  /** Trains recipes for the checks of reproduction; the time that takes is not the submission's. */
  readonly trainer: RecipeTrainer | null;
  /** Loads a dataset; the time that takes is not the submission's, either. */
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  /** What playground networks came to in other submissions; waiting for it is not the submission's time. */
  readonly tallies?: PlaygroundTallies;
  readonly signal?: AbortSignal;
}

/**
 * Where one submission after the other is graded, in a process of its own that is started when it is needed. A
 * file, a check or the evaluation of a model that takes more memory or time than it may ends the process and is set
 * aside: a person looks at it, and the rest is graded in a fresh process. A submission that brings its process down in
 * another way gets a `broken` grade, since it cannot be told from outside whether it or the machine was at fault.
 */
export class GradingPlace {
  readonly #options: GradingPlaceOptions;
  readonly #token: string = randomUUID();
  readonly #tallies: PlaygroundTallies;
  /** Playground settings that the process runs for everybody. */
  #playing: PlaygroundSettings | null = null;
  #process: GradingProcess | null = null;

  constructor(options: GradingPlaceOptions) {
    this.#options = options;
    this.#tallies = options.tallies ?? new PlaygroundTallies();
  }

  /** What ends the process is set aside, and the rest is graded in the next one. */
  async grade(job: GradingJob): Promise<Graded> {
    const setAside: SetAside[] = [];
    const stopped: StoppedWork[] = [];
    for (;;) {
      const result = await this.#attempt({ ...job, setAside, stopped });
      if (result === 'again') continue;
      if (result === 'unchanged' || 'grade' in result) return result;
      if ('path' in result) setAside.push(result);
      else stopped.push(result);
    }
  }

  async #attempt(job: Attempt): Promise<Graded | SetAside | StoppedWork | 'again'> {
    const { setup } = this.#options;
    // One that ended while it had nothing to do is no submission's fault.
    if (this.#process?.host.end != null) this.#process = null;
    const used = this.#process !== null;
    this.#process ??= await this.#start();
    const process = this.#process;
    const reply = await this.#conversation(process, job);
    assertNotInterrupted(this.#options);
    const subject = { lab: setup.lab, student: job.student, name: job.name };
    if (reply.kind === 'unchanged') return 'unchanged';
    if (reply.kind === 'graded') return { grade: reply.grade, models: reply.models };
    if (reply.kind === 'failed')
      return { grade: brokenGrade(subject, refusalOf(reply.problem)), models: [] };
    if (reply.kind === 'ready') throw new Error('a grading process answered out of turn');
    this.stop();
    const took = tookTooMuch(reply, setup);
    // What submissions before have left in the memory of the process is no fault of this one.
    if (took !== null && used && reply.kind !== 'late') return 'again';
    const note = took === null ? null : lastNote(process.errors(), this.#token);
    if (took === null || note === null) {
      return { grade: brokenGrade(subject, problemOf(reply, setup)), models: [] };
    }
    const ended = [...job.setAside, ...job.stopped];
    const tooMuch = { grade: unreadGrade(subject, takesTooMuch(ended)), models: [] };
    if (note.kind === 'files' || ended.length >= MOST_SET_ASIDE) return tooMuch;
    if (note.kind === 'file') {
      const known = job.setAside.some(({ path }) => path === note.path);
      return known ? tooMuch : { path: note.path, took };
    }
    const known = job.stopped.some(({ piece }) => keyOf(piece) === keyOf(note));
    return known ? tooMuch : { piece: note, took };
  }

  /** Gives the process what it asks for, until it has come to an end with the submission. */
  async #conversation(process: GradingProcess, job: GradingJob): Promise<LastWord | Ending> {
    const { timeLimit } = this.#options;
    try {
      let reply = await ask(process, job, timeLimit);
      while (isWish(reply)) {
        const answer = await this.#fulfil(reply);
        assertNotInterrupted(this.#options);
        reply = await ask(process, answer, timeLimit);
      }
      return reply;
    } finally {
      if (this.#playing !== null) this.#tallies.abandon(this.#playing);
      this.#playing = null;
    }
  }

  async #fulfil(wish: Wish): Promise<Trained | Loaded | Tallied> {
    switch (wish.kind) {
      case 'train':
        return train(wish, this.#options.trainer);
      case 'load':
        return { kind: 'loaded', dataset: await this.#options.loadDataset(wish.dataset) };
      case 'play': {
        const tally = await this.#tallies.ask(wish.settings);
        this.#playing = tally === null ? wish.settings : null;
        return { kind: 'tally', tally };
      }
      case 'played':
        this.#tallies.settle(wish.settings, wish.tally);
        this.#playing = null;
        return { kind: 'tally', tally: wish.tally };
    }
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
    const reply = await ask(process, { ...setup, noteToken: this.#token }, START_SECONDS);
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

/** A job, and what of it has ended a process before. */
interface Attempt extends GradingJob {
  readonly setAside: readonly SetAside[];
  readonly stopped: readonly StoppedWork[];
}

/** What a process asks for before it can go on. */
type Wish = Extract<FromGradingProcess, { kind: 'train' | 'load' | 'play' | 'played' }>;
/** What else it says. */
type LastWord = Exclude<FromGradingProcess, Wish>;

const isWish = (reply: FromGradingProcess | Ending): reply is Wish =>
  ['train', 'load', 'play', 'played'].includes(reply.kind);

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
  if (signal === WORK_SIGNAL) return { kind: 'overworked' };
  const memory = signal === MEMORY_SIGNAL || /heap out of memory/iu.test(errors);
  return memory ? { kind: 'out-of-memory' } : { kind: 'died', how };
}
