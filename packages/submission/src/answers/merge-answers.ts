import type { Question } from '@labproof/lab';
import type { Answer } from './answer.ts';
import { wordsOf } from './questions/question-texts.ts';

/** Everything that was written under a question, as one answer; `null` when its label appears nowhere. */
export function answerTo(question: Question, answers: readonly Answer[]): Answer | null {
  const own = answers.filter((answer) => answer.question === question.id);
  const written = own.filter(
    ({ text, images, unseen }) => text !== '' || images.length > 0 || unseen !== '',
  );
  const [first, ...others] = written.length > 0 ? written : own;
  if (first === undefined) return null;
  const all = [first, ...others];
  const prose = all.map((answer) => answer.prose).join('\n');
  return {
    ...first,
    text: all
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n\n'),
    prose,
    unseen: all
      .map(({ unseen }) => unseen)
      .filter((unseen) => unseen !== '')
      .join('\n'),
    claims: all.flatMap(({ claims }) => claims),
    asides: all.flatMap(({ asides }) => asides),
    claimsCutOff: all.some(({ claimsCutOff }) => claimsCutOff),
    durations: all.flatMap(({ durations }) => durations),
    code: all.flatMap(({ code }) => code),
    outputs: all.flatMap(({ outputs }) => outputs),
    histories: all.flatMap(({ histories }) => histories),
    images: all.flatMap(({ images }) => images),
    words: all.reduce((sum, { words }) => sum + words, 0),
    distinctWords: all.length === 1 ? first.distinctWords : new Set(wordsOf(prose)).size,
    hasOtherNumbers: all.some(({ hasOtherNumbers }) => hasOtherNumbers),
    confidence: all.reduce((least, { confidence }) => Math.min(least, confidence), Infinity),
  };
}
