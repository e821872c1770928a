import type { Lab } from '@labproof/lab';
import type { ComparableGrade } from '../grade/grade-submission.ts';
import type { Finding } from './finding.ts';
import { findSamePredictions } from './same-predictions.ts';
import { findSharedWeights } from './shared-weights.ts';
import { findSimilarAnswers } from './similar-answers.ts';
import type { StudentTraits } from './student-traits.ts';
import { type ModelTraits, fromBase64 } from './submission-traits.ts';

/** What of a submission is held while the whole class is compared: what was written, and what there is a model for. */
export interface CopyCandidate {
  readonly student: string;
  readonly answers: readonly { readonly question: string | null; readonly text: string }[];
  /** Exercises for which a model was read. */
  readonly exercises: readonly string[];
}

export function copyCandidate({ grade, models }: ComparableGrade): CopyCandidate {
  return {
    student: grade.student,
    answers: grade.answers.flatMap(({ question, text }) =>
      question === null ? [] : [{ question, text }],
    ),
    exercises: models.map(({ exercise }) => exercise),
  };
}

/** What a class is searched in. */
export interface CopySearch {
  readonly lab: Lab;
  /** In code-unit order of the students. */
  readonly candidates: readonly CopyCandidate[];
  /** The models of these students for an exercise, in their order: asked for and held one exercise at a time. */
  readonly modelsOf: (exercise: string, students: readonly string[]) => readonly StudentTraits[];
  /** By exercise: classes that trainings of its recipe predict for the test images. */
  readonly references: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** Work of two students that looks like one's, for a human to look at. No finding changes a grade. */
export function findCopies({ lab, candidates, modelsOf, references }: CopySearch): Finding[] {
  const byExercise = lab.exercises.flatMap(({ id }) => {
    const students = candidates.filter(({ exercises }) => exercises.includes(id));
    if (students.length < 2) return [];
    const peers = modelsOf(
      id,
      students.map(({ student }) => student),
    );
    const shared = findSharedWeights(id, peers);
    // What shares weights shares predictions too; saying it once is enough.
    const told = new Set(shared.flatMap(({ students: sharing }) => pairsOf(sharing)));
    const alike = findSamePredictions(id, peers, references.get(id) ?? []).filter(
      ({ students: pair }) => !pairsOf(pair).every((two) => told.has(two)),
    );
    return [...shared, ...alike];
  });
  return [...byExercise, ...findSimilarAnswers(lab, candidates)];
}

/** A student's models for an exercise, with the predictions as bytes. */
export function traitsOf(
  student: string,
  models: readonly ModelTraits[],
  exercise: string,
): StudentTraits[] {
  return models
    .filter((model) => model.exercise === exercise)
    .map(({ digest, units, predicted }) => ({
      student,
      digest,
      units,
      predicted: predicted === null ? null : fromBase64(predicted),
    }));
}

function pairsOf(students: readonly string[]): string[] {
  return students.flatMap((a, at) => students.slice(at + 1).map((b) => `${a} ${b}`));
}
