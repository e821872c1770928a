import type { QueueAddress } from './address.ts';
import { openRedis } from './connection.ts';
import type { FileStore } from './file-store.ts';
import { JobClient } from './job-client.ts';
import { QueueSubmissions } from './queue-submissions.ts';
import { QueueTrials } from './queue-trials.ts';
import { WorkerRegister } from './worker-register.ts';

export interface QueueOptions {
  readonly address: QueueAddress;
  readonly store: FileStore;
  /** Share of trials that two different workers train, 0 … 1. */
  readonly recheck: number;
  /** Take this command's jobs out of the queue when it is interrupted, instead of letting the workers go on. */
  readonly cancelOnInterrupt?: boolean;
  /** Things to be told while work goes on, a sentence each. */
  readonly onNotice: (message: string) => void;
}

/** The queue as one command sees it. */
export interface OpenQueue {
  /** Trains on the workers; see `QueueTrialsOptions.scope`. */
  trials(scope: string | null): QueueTrials;
  /** Grades on the workers; a scope of its own takes no grades that are there already. */
  submissions(scope: string | null): QueueSubmissions;
  /** Names of the workers that are alive. */
  workers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Connects to the queue. Throws `queue-unreachable`. */
export async function openQueue(options: QueueOptions): Promise<OpenQueue> {
  const { address, store, recheck, onNotice } = options;
  const redis = await openRedis(address);
  const register = new WorkerRegister(redis);
  const client = new JobClient(address, { cancelOnInterrupt: options.cancelOnInterrupt === true });
  await client.open();
  return {
    trials: (scope) => new QueueTrials({ client, register, store, recheck, scope, onNotice }),
    submissions: (scope) => new QueueSubmissions({ client, store, scope }),
    workers: () => register.live(),
    async close() {
      await client.close();
      redis.disconnect();
    },
  };
}
