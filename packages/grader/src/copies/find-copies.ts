import type { Lab } from '@labproof/core';
import type { Grade } from '../grade.ts';
import type { Finding } from './finding.ts';
import { findHiddenDrops } from './hidden-drop.ts';
import { findSamePredictions } from './same-predictions.ts';
import { findSharedWeights } from './shared-weights.ts';
import { findSimilarAnswers } from './similar-answers.ts';
import type { StudentTraits } from './student-traits.ts';
import { fromBase64, type ModelTraits } from './submission-traits.ts';
import { findTooGood } from './too-good.ts';

/** What a class is searched in. */
export interface CopySearch {
  readonly lab: Lab;
  /** In code-unit order of the students. */
  readonly grades: readonly Grade[];
  /** By student. */
  readonly models: ReadonlyMap<string, readonly ModelTraits[]>;
  /** By exercise: classes that trainings of its recipe predict for the test images. */
  readonly references: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** Everything about a class that a human should look at. No finding changes a grade. */
export function findCopies({ lab, grades, models, references }: CopySearch): Finding[] {
  const byExercise = lab.exercises.flatMap(({ id }) => {
    const peers = grades.flatMap(({ student }): StudentTraits[] =>
      (models.get(student) ?? [])
        .filter(({ exercise }) => exercise === id)
        .map(({ digest, units, predicted }) => ({
          student,
          digest,
          units,
          predicted: predicted === null ? null : fromBase64(predicted),
        })),
    );
    const shared = findSharedWeights(id, peers);
    // What shares weights shares predictions too; saying it once is enough.
    const told = new Set(shared.flatMap(({ students }) => pairsOf(students)));
    const alike = findSamePredictions(id, peers, references.get(id) ?? []).filter(
      ({ students }) => !pairsOf(students).every((pair) => told.has(pair)),
    );
    return [...shared, ...alike];
  });
  return [
    ...byExercise,
    ...findSimilarAnswers(lab, grades),
    ...findTooGood(lab, grades),
    ...findHiddenDrops(grades),
  ];
}

function pairsOf(students: readonly string[]): string[] {
  return students.flatMap((a, at) => students.slice(at + 1).map((b) => `${a} ${b}`));
}
