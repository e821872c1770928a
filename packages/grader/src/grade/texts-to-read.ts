import type { Grade } from './grade.ts';

/**
 * What a person reads for a question: what was written under it. Where that is nothing, or was found by a title alone, and the question
 * needs manual grading (or got it), also all text that may answer it: what names no question, what a title alone led to another
 * one, and answers that go on about other things.
 */
export function textsToRead(
  { answers, outcomes }: Pick<Grade, 'answers' | 'outcomes'>,
  question: string,
): Grade['answers'] {
  const own = answers.filter((answer) => answer.question === question);
  const written = own.filter(({ text }) => text.trim() !== '');
  if (written.some(({ doubtful }) => doubtful !== true)) return own;
  const checks = outcomes.find((outcome) => outcome.question === question)?.checks ?? [];
  const isRead = checks.some(
    ({ outcome, byReader }) => outcome === 'needs-review' || byReader === true,
  );
  if (!isRead) return own;
  const others = answers.filter(
    (answer) =>
      answer.question !== question &&
      (answer.question === null || answer.leftOver === true || answer.doubtful === true) &&
      answer.text.trim() !== '',
  );
  return [...own, ...others];
}
