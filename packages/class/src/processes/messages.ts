import { type EngineChoice, type Problem, type Recipe, problemOf } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import type { Limits, SetAside } from '@labproof/submission';
import type {
  ComparableGrade,
  GradingDataset,
  PlaygroundSettings,
  PlaygroundTally,
  StoppedWork,
} from '@labproof/grader';
import type { HandInPart } from '../hand-ins/hand-in.ts';
import { classError } from '../errors.ts';

/** What a grading process needs before its first submission. */
export interface GradingSetup {
  readonly kind: 'setup';
  readonly lab: Lab;
  readonly engine: EngineChoice;
  /** Threads that evaluate models; 1 unless told. */
  readonly threads?: number;
  /** MiB that the process may hold; past it, it ends itself. */
  readonly memoryLimit: number;
  readonly limits: Limits;
  /** Whether trainings can be asked for. */
  readonly trains: boolean;
  /** What the process begins its notes with; see `WorkNotes`. */
  readonly noteToken?: string;
}

/** The answer to a process that asked for trainings: an accuracy a seed, or why there are none. */
export type Trained =
  | { readonly kind: 'trained'; readonly accuracies: readonly number[] }
  | { readonly kind: 'untrained'; readonly problem: Problem };

/** The answer to a process that asked for a dataset. */
export interface Loaded {
  readonly kind: 'loaded';
  readonly dataset: GradingDataset;
}

/** The answer to a process that asked what a playground network comes to; `null`: nobody has run it, run it yourself. */
export interface Tallied {
  readonly kind: 'tally';
  readonly tally: PlaygroundTally | null;
}

/** Where a submission is: as it was handed in, or packed into one file (see `packSubmission`) on another machine. */
export type SubmissionSource =
  | { readonly kind: 'parts'; readonly parts: readonly HandInPart[] }
  | { readonly kind: 'packed'; readonly path: string };

/** One submission to grade. */
export interface GradingJob {
  readonly kind: 'grade';
  readonly source: SubmissionSource;
  readonly student: string;
  readonly name: string | null;
  /** Digest of the submission for which a grade is kept that would come out again; `null` where none is. */
  readonly keptDigest: string | null;
  /** Files that ended a process before and are not read again. */
  readonly setAside?: readonly SetAside[];
  /** Checks and evaluations that ended a process before and are not begun again. */
  readonly stopped?: readonly StoppedWork[];
}

export type ToGradingProcess = GradingSetup | GradingJob | Trained | Loaded | Tallied;

export type FromGradingProcess =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'graded' } & ComparableGrade)
  /** Wants a recipe trained before it can go on. */
  | { readonly kind: 'train'; readonly recipe: Recipe; readonly seeds: readonly number[] }
  /** Wants a dataset before it can go on. */
  | { readonly kind: 'load'; readonly dataset: string }
  /** Wants to know what a playground network comes to, and then what it came to. */
  | { readonly kind: 'play'; readonly settings: PlaygroundSettings }
  | {
      readonly kind: 'played';
      readonly settings: PlaygroundSettings;
      readonly tally: PlaygroundTally;
    }
  /** The submission is the one for which a grade is kept. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Any error in that form. */
export function problemOfError(error: unknown): Problem {
  return problemOf(error, (reason) =>
    classError('grading-failed', {
      message: `Grading failed: ${reason}.`,
      fix: 'Run the command again, and report the fault if it comes back.',
    }),
  );
}
