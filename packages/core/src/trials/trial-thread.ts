import type { Worker } from 'node:worker_threads';
import type { Dataset, DatasetSplit } from '../datasets/dataset.ts';
import { LabproofError } from '../errors.ts';
import { startThread } from '../start-module.ts';
import type { TrialProgress } from './run-trial.ts';
import type { TrialJob, WorkerMessage, WorkerSetup } from './worker-messages.ts';

/**
 * A worker thread that trains one trial after the other and leaves the results in the cache of its setup. It stays
 * ready between trials: starting it costs more than a short trial.
 */
export class TrialThread {
  readonly #worker: Worker;
  #turn: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;
  #onProgress: (progress: TrialProgress) => void = () => undefined;
  #problem: unknown = null;

  constructor(setup: WorkerSetup) {
    this.#worker = startThread(
      { from: import.meta.url, path: './trial-worker' },
      { workerData: setup },
    );
    this.#worker.on('message', (message: WorkerMessage) => this.#hear(message));
    this.#worker.on('error', (error) => this.#die(error));
    this.#worker.on('exit', () => this.#die(died()));
  }

  /** Whether the thread has ended; then it trains no more. */
  get dead(): boolean {
    return this.#problem !== null;
  }

  /** Trains one trial, and no other until it is done. Throws the trial's problem, or that the thread died. */
  async train(
    job: TrialJob,
    onProgress: (progress: TrialProgress) => void = () => undefined,
  ): Promise<void> {
    if (this.#problem !== null) throw this.#problem;
    if (this.#turn !== null) throw new Error('the thread is still training another trial');
    this.#onProgress = onProgress;
    await new Promise<void>((resolve, reject) => {
      this.#turn = { resolve, reject };
      this.#worker.postMessage(job);
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'progress') {
      this.#onProgress(message.progress);
      return;
    }
    const turn = this.#turn;
    this.#turn = null;
    if (message.kind === 'finished') turn?.resolve();
    else turn?.reject(new LabproofError(message.problem));
  }

  #die(problem: unknown): void {
    this.#problem ??= problem;
    this.#turn?.reject(this.#problem);
    this.#turn = null;
  }
}

function died(): LabproofError {
  return new LabproofError({
    code: 'trial-worker-died',
    owner: 'us',
    message: 'a training worker ended before its trial was finished',
    fix: 'Run the same command again with --jobs 1; if memory is short, close other programs.',
  });
}

/** The dataset with its arrays in memory that threads share; one that is there already is not copied. */
export function shareDataset(dataset: Dataset): Dataset {
  return { ...dataset, train: shareSplit(dataset.train), test: shareSplit(dataset.test) };
}

function shareSplit(split: DatasetSplit): DatasetSplit {
  return { ...split, images: shareBytes(split.images), labels: shareBytes(split.labels) };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
