import type { Dataset } from '../datasets/dataset.ts';
import type { Owner } from '../errors.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import type { TrialProgress } from './run-trial.ts';
import type { TrialEngineName } from './trial-engine.ts';

/** One trial for a worker. */
export interface TrialJob {
  readonly key: string;
  readonly plan: TrainingPlan;
  readonly seed: number;
}

/** What a worker is started with; the dataset's arrays lie in shared memory. */
export interface WorkerSetup {
  readonly dataset: Dataset;
  readonly engine: TrialEngineName;
  readonly cacheDirectory: string;
}

/** What a worker tells. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: TrialProgress }
  | { readonly kind: 'finished'; readonly key: string; readonly engine: string }
  | {
      readonly kind: 'failed';
      readonly problem: {
        readonly code: string;
        readonly owner: Owner;
        readonly message: string;
        readonly fix: string;
      };
    };
