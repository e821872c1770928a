import type { Dataset } from '../datasets/dataset.ts';
import type { EngineChoice } from '../engines/open.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { TrialProgress } from './run-trial.ts';
import type { TrialCache } from './trial-cache.ts';
import type { TrialEngineName } from './trial-engine.ts';
import type { TrialJob } from './worker-messages.ts';

/** Trials to be trained, and whom to tell. */
export interface TrialWork {
  /** In the order in which they were asked for. */
  readonly trials: readonly TrialJob[];
  readonly dataset: Dataset;
  readonly engine: TrialEngineName;
  /** Trials side by side, where they are trained on this machine. */
  readonly jobs: number;
  /** Threads that compute each of them, where they are trained on this machine; 1 unless told. */
  readonly threads?: number;
  /** Who goes on where a GPU fails, and whom to tell of it; with none, the failure ends the work. */
  readonly fallback?: {
    readonly engine: EngineChoice;
    readonly onUse?: (problem: LabproofError) => void;
  };
  /** Finished trials go there before they are reported. */
  readonly cache: TrialCache;
  readonly onProgress?: (progress: TrialProgress) => void;
  /** A trial is in the cache. What it throws ends the work. */
  readonly onFinished: (key: string) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Who trains trials: worker threads of this process unless told, or machines behind a queue. */
export interface TrialExecutor {
  /**
   * Trains every trial of the work and resolves when all are in the cache. Throws a `LabproofError` for a trial that
   * cannot be trained, and `trial-interrupted` when the signal fires.
   */
  train(work: TrialWork): Promise<void>;
}
