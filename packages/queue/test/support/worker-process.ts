// Entry of a worker process: labproof's own, but for the made-up lab and for what the test wants to go wrong.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dataset } from '@labproof/core';
import {
  folderStore,
  QueueAddress,
  startWorker,
  TrainingThreads,
  type TrainTrial,
} from '../../src/index.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { squares } from '../../../grader/test/support/squares.ts';
import { DATASET, LAB } from './synthetic-lab.ts';

const [folder = '', name = '', fault = 'none', jobs = '1'] = process.argv.slice(2);
const cacheDirectory = join(folder, `cache-${name}`);
const threads = new TrainingThreads({ cacheDirectory, jobs: 1 });

/** Trains as it should and then flips the lowest bit of one weight, as bad memory does. */
const flipOneBit: TrainTrial = async (job, dataset, onProgress) => {
  const finished = await threads.train(job, dataset, onProgress);
  const { weightsDigest } = await import('@labproof/core');
  const weights = finished.weights.map((array) => array.slice());
  const bits = new Uint32Array(weights[0]?.buffer ?? new ArrayBuffer(4));
  bits[0] = (bits[0] ?? 0) ^ 1;
  return { weights, result: { ...finished.result, digest: weightsDigest(weights) } };
};

/** Ends the process in the middle of one seed, whichever worker it is. */
const dieOnSeedThree: TrainTrial = (job, dataset, onProgress) => {
  if (job.seed === 3) process.kill(process.pid, 'SIGKILL');
  return threads.train(job, dataset, onProgress);
};

/** Says what it holds and goes on when the test says so (`WorkerCrew.release`): until then the job is under way. */
async function hold(what: string): Promise<void> {
  process.send?.(`holds ${what}`);
  while (!existsSync(join(folder, 'released'))) await pause(20);
}

const holdBefore: TrainTrial = async (job, dataset, onProgress) => {
  await hold(`seed ${job.seed}`);
  return threads.train(job, dataset, onProgress);
};

const holdAfter: TrainTrial = async (job, dataset, onProgress) => {
  const [finished] = await Promise.all([
    threads.train(job, dataset, onProgress),
    hold(`seed ${job.seed}`),
  ]);
  return finished;
};

const faults: Readonly<Record<string, TrainTrial>> = {
  flip: flipOneBit,
  die: dieOnSeedThree,
  'hold-before': holdBefore,
  'hold-after': holdAfter,
};
const train = faults[fault];

async function loadDataset(id: string): Promise<Dataset> {
  if (fault === 'hold-before' && id === squares.id) await hold(id);
  return id === squares.id ? { ...squares, train: squares.test } : DATASET;
}

const worker = await startWorker({
  address: QueueAddress.parse(`unix:${join(folder, 'redis.sock')}`),
  store: folderStore(join(folder, 'files')),
  name,
  jobs: Number(jobs),
  labs: fault === 'stranger' ? [] : [LAB, lab],
  loadDataset,
  cacheDirectory,
  // Short enough to wait for, and longer than a busy machine leaves a process without its turn.
  timing: { lost: 6000, look: 500 },
  onEvent: (line) => process.send?.(line),
  ...(train === undefined ? {} : { train }),
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.send?.('ready');
await worker.ended.catch((error: unknown) => process.send?.(String(error)));
