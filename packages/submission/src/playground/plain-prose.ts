import { typedNumber } from '../text/typed-number.ts';

/**
 * Prose made comparable: lower case, subscripts and superscripts as plain digits (`x₁²` becomes `x1^2`), no Markdown or
 * TeX markup, one kind of space. Lines stay.
 */
export function plainProse(text: string): string {
  return text
    .replaceAll('²', '^2')
    .replaceAll('³', '^3')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\\(?:cdot|times)/gu, '·')
    .replaceAll(/\\(?:text|mathrm|left|right|[,;! ])|[\\${}_`]|\*\*/gu, '')
    .replaceAll(/[^\S\n]+/gu, ' ');
}

const WORDS: Readonly<Record<string, number>> = {
  no: 0,
  one: 1,
  a: 1,
  single: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  fuenf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
};

/** A small whole number in digits or in English or German words, as part of a regular expression. */
export const SMALL_NUMBER =
  '(?:\\d{1,3}|one|single|two|three|four|five|six|seven|eight|eine[nrms]?|einzige[nrms]?|zwei|drei|vier|fünf|fuenf|sechs|sieben|acht)';

/** A number with decimals behind a point or a comma, as part of a regular expression. */
export const DECIMAL = '(\\d+(?:[.,]\\d+)?|[.,]\\d+)';

export function smallNumber(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text);
  return text.startsWith('ein') ? 1 : (WORDS[text] ?? Number.NaN);
}

export function decimal(text: string): number {
  return typedNumber(text, 'small') ?? Number.NaN;
}

/** What a group of a pattern matched anywhere in a text, without repetitions. */
export function everyMatch(text: string, patterns: readonly RegExp[]): string[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => match.slice(1).find(Boolean) ?? []),
  );
  return [...new Set(found)];
}
