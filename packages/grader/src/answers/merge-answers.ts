import type { Question } from '@labproof/core';
import type { Answer } from './answer.ts';

/** Everything that was written under a question, as one answer; `null` when its label appears nowhere. */
export function answerTo(question: Question, answers: readonly Answer[]): Answer | null {
  const own = answers.filter((answer) => answer.question === question.id);
  const written = own.filter((answer) => answer.text !== '' || answer.images.length > 0);
  const [first, ...others] = written.length > 0 ? written : own;
  if (first === undefined) return null;
  return others.reduce(
    (merged, answer): Answer => ({
      ...merged,
      text: [merged.text, answer.text].filter((text) => text !== '').join('\n\n'),
      claims: [...merged.claims, ...answer.claims],
      durations: [...merged.durations, ...answer.durations],
      code: [...merged.code, ...answer.code],
      images: [...merged.images, ...answer.images],
      words: merged.words + answer.words,
      hasDigits: merged.hasDigits || answer.hasDigits,
      confidence: Math.min(merged.confidence, answer.confidence),
    }),
    first,
  );
}
