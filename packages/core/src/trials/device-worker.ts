import { parentPort, workerData } from 'node:worker_threads';
import { problemOf } from '../errors/reason.ts';
import { trainOnDevice } from './train-on-device.ts';
import { TrialCache } from './trial-cache.ts';
import { unexpectedFault } from './unexpected-fault.ts';
import type { DeviceNotice, TrialAnswer, TrialJob, WorkerSetup } from './worker-messages.ts';

/** A worker thread: trains all the jobs that it is sent on the GPU and leaves the results in the cache. */
const port = parentPort;
if (port === null) throw new Error('the device worker must be started as a worker thread');
const { dataset, cacheDirectory, build }: WorkerSetup = workerData;
const cache = new TrialCache(cacheDirectory, build);
const tell = (message: DeviceNotice | TrialAnswer): void => port.postMessage(message);

port.on('message', (jobs: readonly TrialJob[]) => {
  void train(jobs);
});

async function train(jobs: readonly TrialJob[]): Promise<void> {
  try {
    await trainOnDevice({
      jobs,
      dataset,
      cache,
      now: () => performance.now() / 1000,
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      onFinished: (key) => tell({ kind: 'trained', key }),
    });
    tell({ kind: 'finished' });
  } catch (error) {
    tell({ kind: 'failed', problem: problemOf(error, () => unexpectedFault(error)) });
  }
}
