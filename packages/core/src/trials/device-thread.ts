import { LabproofError } from '../errors/labproof-error.ts';
import type { WorkerHost } from '../workers/host.ts';
import { hostThread } from '../workers/thread.ts';
import type { TrialProgress } from './run-trial.ts';
import { died } from './trial-thread.ts';
import type { DeviceNotice, TrialAnswer, TrialJob, WorkerSetup } from './worker-messages.ts';

/** A worker thread that trains many trials at once on the GPU and leaves the results in the cache of its setup. */
export class DeviceThread {
  readonly #host: WorkerHost<readonly TrialJob[], TrialAnswer, DeviceNotice>;

  constructor(setup: WorkerSetup) {
    this.#host = hostThread({ from: import.meta.url, path: './device-worker' }, setup);
  }

  /** Trains all jobs; `onTrained` is told of each that is in the cache. Throws what went wrong, or that the thread died. */
  async train(
    jobs: readonly TrialJob[],
    onTrained: (key: string) => void,
    onProgress: (progress: TrialProgress) => void = () => undefined,
  ): Promise<void> {
    const reply = await this.#host.ask(jobs, {
      takesNotice(message) {
        if (message.kind === 'progress') onProgress(message.progress);
        else if (message.kind === 'trained') onTrained(message.key);
        else return false;
        return true;
      },
    });
    if (reply.kind !== 'answer') throw died(reply.kind === 'ended' ? reply.cause : null);
    if (reply.answer.kind === 'failed') throw new LabproofError(reply.answer.problem);
  }

  async terminate(): Promise<void> {
    await this.#host.stop();
  }
}
