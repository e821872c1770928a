import type { Dataset } from '../datasets/dataset.ts';
import type { Problem } from '../errors/labproof-error.ts';
import type { Landmark } from '../training/landmarks.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import type { TrialProgress } from './run-trial.ts';
import type { BuildOfTrials } from './trial-cache.ts';
import type { TrialEngineName } from './trial-engine.ts';

/** One trial for a worker. */
export interface TrialJob {
  readonly key: string;
  readonly plan: TrainingPlan;
  readonly seed: number;
  /** Write down what stands at the landmarks of the training. */
  readonly landmarks?: boolean;
  /** The trial is kept without a checksum: it is enough to look whether it is what its weights give. */
  readonly unchecked?: boolean;
}

/** What a worker is started with; the dataset's arrays lie in shared memory. */
export interface WorkerSetup {
  readonly dataset: Dataset;
  readonly engine: TrialEngineName;
  /** Threads that compute each trial; 1 unless told. */
  readonly threads?: number;
  readonly cacheDirectory: string;
  readonly build?: BuildOfTrials | undefined;
}

/** What a worker tells while it trains. */
export interface TrialNotice {
  readonly kind: 'progress';
  readonly progress: TrialProgress;
}

/** What a worker that trains on a GPU tells besides: a trial is in the cache. */
export type DeviceNotice = TrialNotice | { readonly kind: 'trained'; readonly key: string };

/** What a worker answers: the trial is in the cache, or why it is not. */
export type TrialAnswer =
  | { readonly kind: 'finished' }
  | {
      readonly kind: 'failed';
      readonly problem: Problem;
      /** What a watched trial came to. */
      readonly landmarks?: readonly Landmark[];
    };
