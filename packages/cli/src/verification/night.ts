import type { ExerciseVerification, Verdict } from '@labproof/core';

/** One run of `verify`: the JSON contract. */
export interface Night {
  readonly verdict: Verdict;
  /** Whether it trained to the end, or only a short prefix of everything. */
  readonly full: boolean;
  readonly exercises: readonly ExerciseVerification[];
  /** What the time limit left out, as `lab/exercise`, in the order in which the next night goes on. */
  readonly left: readonly string[];
}
