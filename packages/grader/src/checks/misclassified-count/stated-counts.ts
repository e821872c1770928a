/** A whole number of images that a sentence calls wrong, and the sentence. */
export interface StatedCount {
  readonly count: number;
  readonly text: string;
  /** It stands right beside what it counts: "misclassifies 236", "236 images are wrong". Others may count anything. */
  readonly tied: boolean;
}

const WRONG =
  /\b(?:mis-?classif\p{L}*|wrong(?:ly)?|incorrect(?:ly)?|mistakes?|errors?|falsch\p{L}*)\b/iu;
/** A whole number, thousands grouped or not, that is no part of a decimal number, a percentage, a date or a ratio's end. */
const WHOLE =
  /(?<![\p{L}\d.,/])(?<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?![.,]?\d)(?!\s*%)(?!\s*(?:percent|per\s+cent|epochs?|seconds?|s\b|ms\b))/giu;
const TIED_BEFORE =
  /(?:mis-?classif\p{L}*|wrong(?:ly)?|incorrect(?:ly)?|mistakes?|errors?|falsch\p{L}*)(?:\s*(?::|=|is|are|was|were|about|still|only|the|of|images?|in|total)){0,5}\s*$/iu;
const TIED_AFTER =
  /^\s*(?:\(|(?:of|out\s+of|von)\s+(?:the\s+|den\s+)?[\d,. ]{0,12}\s*)?(?:test\s*|the\s+|of\s+|all\s+){0,4}(?:images?|pictures?|digits?|examples?|samples?|predictions?|bilder\p{L}*|testbilder\p{L}*|errors?|mistakes?|fehler|wrong|incorrect|misclassified|are|were|sind|wurden)(?!\p{L})/iu;
const LONGEST_SENTENCE = 600;

/** The whole numbers in sentences that speak of mistakes; "of the 10,000 images" is the size of the set and no count. */
export function statedCounts(text: string, total: number): StatedCount[] {
  return sentences(text)
    .filter((sentence) => WRONG.test(sentence))
    .flatMap((sentence) =>
      [...sentence.matchAll(WHOLE)].flatMap(({ 0: whole, index, groups }): StatedCount[] => {
        const count = Number((groups?.['digits'] ?? '').replaceAll(/\D/gu, ''));
        if (count >= total) return [];
        const before = sentence.slice(Math.max(0, index - 60), index);
        const after = sentence.slice(index + whole.length, index + whole.length + 60);
        const tied = TIED_BEFORE.test(before) || TIED_AFTER.test(after);
        return [{ count, text: sentence.trim(), tied }];
      }),
    );
}

function sentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/u)
    .map((sentence) => sentence.slice(0, LONGEST_SENTENCE))
    .filter((sentence) => sentence !== '');
}
