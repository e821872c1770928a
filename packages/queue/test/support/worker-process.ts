// Entry of a worker process: labproof's own, but for the made-up lab and for what the test wants to go wrong.
import { join } from 'node:path';
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
const threads = new TrainingThreads(cacheDirectory, 1);

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

const faults: Readonly<Record<string, TrainTrial>> = { flip: flipOneBit, die: dieOnSeedThree };
const train = faults[fault];
const worker = await startWorker({
  address: QueueAddress.parse(`unix:${join(folder, 'redis.sock')}`),
  store: folderStore(join(folder, 'files')),
  name,
  jobs: Number(jobs),
  labs: fault === 'stranger' ? [] : [LAB, lab],
  loadDataset: (id) =>
    Promise.resolve(id === squares.id ? { ...squares, train: squares.test } : DATASET),
  cacheDirectory,
  timing: { lost: 1500, look: 500 },
  onEvent: (line) => process.send?.(line),
  ...(train === undefined ? {} : { train }),
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.send?.('ready');
await worker.ended.catch((error: unknown) => process.send?.(String(error)));
