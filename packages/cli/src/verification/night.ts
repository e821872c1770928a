import type { ExerciseVerification, Verdict } from '@labproof/core';

/** One run of `verify`: the JSON contract. */
export interface Night {
  readonly verdict: Verdict;
  readonly exercises: readonly ExerciseVerification[];
}
