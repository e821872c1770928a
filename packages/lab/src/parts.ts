import type { Exercise } from './exercise.ts';
import type { PlaygroundExercise } from './playground-exercise.ts';
import type { Question } from './question.ts';

/** One of the things that a lab lists: its id as it is written, and itself where it could be read. */
export interface Part<T> {
  readonly id: string | null;
  readonly value: T | null;
}

/** A lab as far as it could be read, so that what one part gets wrong does not hide what others do. */
export interface LabParts {
  readonly exercises: readonly Part<Exercise>[];
  readonly playgrounds: readonly Part<PlaygroundExercise>[];
  readonly questions: readonly Part<Question>[];
}

/** Something in a lab that has the right form and no meaning. */
export interface LabIssue {
  /** The way to it in the lab: `['questions', 3, 'checks', 0, 'other']`. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to write instead, as a sentence; empty where the message says it. */
  readonly instead: string;
}

/** A whole lab as parts. */
export function partsOf({
  exercises,
  playgrounds = [],
  questions,
}: {
  readonly exercises: readonly Exercise[];
  readonly playgrounds?: readonly PlaygroundExercise[] | undefined;
  readonly questions: readonly Question[];
}): LabParts {
  const parts = <T extends { readonly id: string }>(values: readonly T[]): Part<T>[] =>
    values.map((value) => ({ id: value.id, value }));
  return {
    exercises: parts(exercises),
    playgrounds: parts(playgrounds),
    questions: parts(questions),
  };
}

/** The message with what to write instead. */
export function issueText({ message, instead }: Pick<LabIssue, 'message' | 'instead'>): string {
  return instead === '' ? message : `${message}. ${instead}`;
}
