import { submissionError } from '../../errors.ts';

/** Bounds on a file of answers, and on all of a submission together. */
export interface AnswersLimits {
  /** Of the file, embedded pictures included. */
  readonly bytes: number;
  /** Of the text, embedded pictures left out. */
  readonly characters: number;
  /** Of what one cell of a notebook printed. */
  readonly outputCharacters: number;
  readonly cells: number;
  readonly blocks: number;
  readonly nesting: number;
  readonly pages: number;
  /** Characters of all answers of a submission together, each as JSON writes it. */
  readonly totalCharacters: number;
}

/** Generous for real work, tight for an attack. */
export const ANSWERS_LIMITS: AnswersLimits = {
  bytes: 32 * 2 ** 20,
  characters: 4 * 2 ** 20,
  outputCharacters: 2 * 2 ** 20,
  cells: 5000,
  blocks: 20_000,
  nesting: 400,
  pages: 300,
  totalCharacters: 12 * 2 ** 20,
};

const SHORTER =
  'Hand in the answers alone: without data, without long outputs, pictures in files of their own.';

export function answersTooLarge(path: string, what: string): Error {
  return submissionError('answers-too-large', {
    message: `${path} has ${what}, which is more than answers can have.`,
    fix: SHORTER,
  });
}

/** A file that is not what its name says, or is damaged. */
export function answersUnreadable(path: string, why: string, fix: string): Error {
  return submissionError('answers-unreadable', { message: `${path} cannot be read: ${why}.`, fix });
}
