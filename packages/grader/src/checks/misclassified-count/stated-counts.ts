/** A whole number of images that a sentence calls wrong, and the sentence. */
export interface StatedCount {
  readonly count: number;
  readonly text: string;
}

const WRONG =
  /\b(?:mis-?classif\p{L}*|wrong(?:ly)?|incorrect(?:ly)?|mistakes?|errors?|falsch\p{L}*)\b/iu;
/** A whole number, thousands grouped or not, that is no part of a decimal number, a percentage, a date or a ratio's end. */
const WHOLE =
  /(?<![\p{L}\d.,/])(?<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?![.,]?\d)(?!\s*%)(?!\s*(?:percent|per\s+cent|epochs?|seconds?|s\b|ms\b))/giu;
const LONGEST_SENTENCE = 600;

/** The whole numbers in sentences that speak of mistakes; "of the 10,000 images" is the size of the set and no count. */
export function statedCounts(text: string, total: number): StatedCount[] {
  return sentences(text)
    .filter((sentence) => WRONG.test(sentence))
    .flatMap((sentence) =>
      [...sentence.matchAll(WHOLE)].flatMap(({ groups }): StatedCount[] => {
        const count = Number((groups?.['digits'] ?? '').replaceAll(/\D/gu, ''));
        return count < total ? [{ count, text: sentence.trim() }] : [];
      }),
    );
}

function sentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/u)
    .map((sentence) => sentence.slice(0, LONGEST_SENTENCE))
    .filter((sentence) => sentence !== '');
}
