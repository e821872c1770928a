import { type Dataset, planTraining, type TrialProgress, weightBytes } from '@labproof/core';
import { type FileStore, putFile } from './file-store.ts';
import type { QueuedTrial, TrialAnswer, TrialProgressSchema } from './jobs.ts';
import type { TrainTrial } from './train-in-threads.ts';
import type { z } from 'zod';

/** Milliseconds between two reports of one job: many workers report to one Redis. */
const REPORT_MS = 5000;

/** Trains a trial, puts its weights into the file store and says what came out. */
export async function answerTrial(options: {
  id: string;
  job: QueuedTrial;
  dataset: Dataset;
  store: FileStore;
  train: TrainTrial;
  worker: string;
  tell: (progress: z.infer<typeof TrialProgressSchema>) => void;
}): Promise<TrialAnswer> {
  const { id, job, dataset, store, worker } = options;
  let reported = performance.now();
  const onProgress = (progress: TrialProgress): void => {
    if (performance.now() - reported < REPORT_MS) return;
    reported = performance.now();
    const { steps, totalSteps, epoch } = progress;
    options.tell({ worker, seed: progress.seed, steps, totalSteps, epoch });
  };
  const { landmarks, recipe, seed } = job;
  const trial = {
    key: id,
    plan: planTraining(recipe, dataset),
    seed,
    ...(landmarks === undefined ? {} : { landmarks }),
  };
  const { result, weights } = await options.train(trial, dataset, onProgress);
  await putFile(store, 'weights', weightBytes(weights));
  return { worker, result, lengths: weights.map(({ length }) => length) };
}
