import type { ThreadsWish } from '../options/threads.ts';

/** What the command line of `grade` says. */
export interface GradeFlags {
  readonly lab?: string;
  readonly out?: string;
  readonly roster?: string;
  readonly reviews?: string;
  /** JSON: what a late hand-in costs. */
  readonly late?: string;
  /** CSV of hand-in times and extensions. */
  readonly times?: string;
  /** A file with the secret of the hidden test set; the environment may hold it instead. */
  readonly hiddenSeedFile?: string;
  /** JSON: limits on submissions. */
  readonly limits?: string;
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly pdf?: true;
  readonly engine: 'auto' | 'native' | 'wasm';
  readonly jobs?: number;
  readonly threads: ThreadsWish;
  readonly fresh?: true;
  readonly dryRun?: true;
  /** What the command line says counts from now on, or this time only, where the file of the class says otherwise. */
  readonly save?: true;
  readonly once?: true;
}
