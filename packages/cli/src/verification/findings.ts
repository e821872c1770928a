import { type ExerciseVerification, overallVerdict, type Verdict } from '@labproof/core';
import { formatPlural } from '@labproof/submission';

const ORDER: readonly Verdict[] = ['broken', 'drifted', 'not-run', 'ok'];

/** Exercises with findings before the others, each kind in the order of the labs. */
export function worstFirst(
  exercises: readonly ExerciseVerification[],
): readonly ExerciseVerification[] {
  const rank = (one: ExerciseVerification): number => ORDER.indexOf(overallVerdict([one]));
  return exercises.toSorted((a, b) => rank(a) - rank(b));
}

/** An exercise with findings in one line. */
export function headline(exercise: ExerciseVerification): string {
  const { lab, exercise: id, cause } = exercise;
  return `${lab}/${id} ${overallVerdict([exercise])}: ${cause ?? exercise.details[0] ?? ''}`;
}

/** Where exercises part from their calibrations, what lives there most often first; nothing of fewer than two. */
export function whatParts(exercises: readonly ExerciseVerification[]): readonly string[] {
  const kinds = exercises.flatMap(({ parting }) => (parting === undefined ? [] : [parting.kind]));
  if (kinds.length < 2) return [];
  const counts = [...new Set(kinds)]
    .map((kind) => ({ kind, count: kinds.filter((other) => other === kind).length }))
    .toSorted((a, b) => b.count - a.count);
  const text = counts.map(({ kind, count }) => `${kind} (${formatPlural(count, 'exercise')})`);
  return [`what lives where they part from their calibrations: ${text.join(', ')}`];
}
