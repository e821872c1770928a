import type { Dataset, DatasetSplit } from '../datasets/dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import { LabproofError } from '../errors/labproof-error.ts';
import type { WorkerHost } from '../workers/host.ts';
import { hostThread } from '../workers/thread.ts';
import type { TrialProgress } from './run-trial.ts';
import { UnfinishedTrial } from './unfinished-trial.ts';
import type { TrialAnswer, TrialJob, TrialNotice, WorkerSetup } from './worker-messages.ts';

/** A worker thread that trains one trial after the other and leaves the results in the cache of its setup. */
export class TrialThread {
  readonly #host: WorkerHost<TrialJob, TrialAnswer, TrialNotice>;

  constructor(setup: WorkerSetup) {
    this.#host = hostThread({ from: import.meta.url, path: './trial-worker' }, setup);
  }

  /** Whether the thread has ended; then it trains no more. */
  get dead(): boolean {
    return this.#host.end !== null;
  }

  /** Trains one trial, and no other until it is done. Throws the trial's problem, or that the thread died. */
  async train(
    job: TrialJob,
    onProgress: (progress: TrialProgress) => void = () => undefined,
  ): Promise<void> {
    const reply = await this.#host.ask(job, {
      takesNotice(message) {
        if (message.kind !== 'progress') return false;
        onProgress(message.progress);
        return true;
      },
    });
    if (reply.kind !== 'answer') throw died(reply.kind === 'ended' ? reply.cause : null);
    if (reply.answer.kind === 'finished') return;
    const { problem, landmarks } = reply.answer;
    throw landmarks === undefined
      ? new LabproofError(problem)
      : new UnfinishedTrial(problem, landmarks);
  }

  async terminate(): Promise<void> {
    await this.#host.stop();
  }
}

/** What is said of a worker that ended before its answer. */
export function died(cause: unknown): LabproofError {
  return coreError('trial-worker-died', {
    message: 'A training worker ended before its trial was finished.',
    fix: 'Run the same command again with --jobs 1; if memory is short, close other programs.',
    cause,
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
