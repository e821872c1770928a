import type { Standing } from './claim.ts';
import { isOfOneClass } from './one-class.ts';
import {
  BOUND,
  COMPARED,
  CONDITION,
  CONTRAST,
  CALLED_WRONG,
  CONCLUDES,
  ELSEWHERE,
  FAR_CONDITION,
  GUESSING,
  IS_SO,
  LEADING_COMPARISON,
  NEGATION,
  OTHER_METHOD,
  OTHER_MODEL,
  OTHER_PERSON,
  OF_ANOTHER,
  OWNS,
  POSSIBLE,
} from './standing-words.ts';

/** Commas that are no decimal marks; brackets; dashes between words. */
const CLAUSE = /,(?!\d)|，|、|[()]|\s[-–—]\s|—/gu;

/** "better than chance": the numbers before it are no guesses. */
const BETTER_THAN = /(?<!\p{L})(?:than|above|over|beyond|als|über|que|dan)\s+(?:\p{L}+\s+){0,2}$/iu;
/** "than the 0.9237 of the linear model" */
const JUST_BEHIND = /(?<!\p{L})than\s+(?:\p{L}+\s+){0,4}$/iu;
/** Text in quotation marks that says more than a name or a number. */
const IN_QUOTES = /“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|"[^"]*"/gu;

/** Within what a formula leaves blank or draws in white. */
const IN_BLANK =
  /\\(?:[hv]?phantom|(?:textcolor|color)\s*\{\s*(?:white|#f{3,6})\s*\})\s*\{[^{}]*$/iu;

/** Those who hand in together. */
const TOGETHER =
  /(?<!\p{L})(?:colleague|classmate|(?:flat|room|house)mate|friend|neighbou?r)s?\s+(?:and|&)\s+(?:i|me|myself)(?!\p{L})/giu;

/** "∈ (0.4122, 0.5)": either end of an interval. */
const IN_INTERVAL =
  /(?:∈|\\in(?!\p{L}))\s*(?:\\left)?\s*[([\]]\s*(?:[\d.,]{1,12}\s*%?\s*[,;]\s*)?$/u;

/** A stretch of text with a number in it. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** What the words around the numbers of one sentence make of them. Every look goes over one sentence of bounded length. */
export class SentenceStanding {
  readonly #sentence: string;
  readonly #contrasts: readonly Place[];
  readonly #clauses: readonly Place[];
  readonly #quotes: readonly Place[];

  constructor(sentence: string) {
    this.#sentence = sentence;
    this.#contrasts = placesOf(CONTRAST, sentence);
    this.#clauses = placesOf(CLAUSE, sentence);
    this.#quotes = placesOf(IN_QUOTES, sentence);
  }

  /** Why the number at `numeral`, said of the metric at `mention`, is no claim; else `stated`. */
  of(numeral: Place, mention: Place): Standing {
    const inQuote = this.#quotes.some(
      (quote) =>
        quote.start <= Math.min(numeral.start, mention.start) &&
        quote.end >= Math.max(numeral.end, mention.end),
    );
    if (inQuote) return 'quoted';
    if (IN_BLANK.test(this.#sentence.slice(0, numeral.start))) return 'hidden';
    const wide = this.#around(numeral, this.#contrasts);
    const part = this.#sentence.slice(wide.start, wide.end);
    if (ELSEWHERE.test(part)) return 'quoted';
    const near = this.#around(numeral, [...this.#contrasts, ...this.#clauses]);
    const before = this.#sentence.slice(near.start, numeral.start);
    const after = this.#sentence.slice(numeral.end, near.end);
    if (BOUND.test(this.#sentence.slice(Math.max(0, numeral.start - 40), numeral.start))) {
      return 'bound';
    }
    if (IN_INTERVAL.test(this.#sentence.slice(Math.max(0, numeral.start - 60), numeral.start))) {
      return 'range';
    }
    if (CONDITION.test(before) || POSSIBLE.test(before)) return 'hypothetical';
    if (FAR_CONDITION.test(this.#sentence.slice(wide.start, numeral.start))) return 'hypothetical';
    if (POSSIBLE.test(after) && !IS_SO.test(before)) return 'hypothetical';
    if (this.#isChance(before, after)) return 'chance';
    if (NEGATION.test(before) || CALLED_WRONG.test(before)) return 'negated';
    if (LEADING_COMPARISON.test(this.#sentence.slice(wide.start, numeral.start))) return 'compared';
    const widely = this.#sentence.slice(wide.start, numeral.start);
    if (this.#isAnothers(before, near.start) || isOfOther(widely, before)) return 'compared';
    if (OF_ANOTHER.test(this.#sentence.slice(numeral.end, numeral.end + 80))) return 'compared';
    return isOfOneClass(widely, before, after) ? 'one-class' : 'stated';
  }

  /** Whether the words before a number say that it is another network's. */
  namesAnother(numeral: Place): boolean {
    const near = this.#around(numeral, [...this.#contrasts, ...this.#clauses]);
    return OTHER_MODEL.test(this.#sentence.slice(near.start, numeral.start));
  }

  /** `offset` is where `before` begins: what is compared may stand in the clause before. */
  #isAnothers(before: string, offset: number): boolean {
    // "My colleague and I" are the writers.
    const alone = before.replace(TOGETHER, '');
    if (OTHER_MODEL.test(alone) || JUST_BEHIND.test(before)) return true;
    const method = OTHER_METHOD.exec(alone);
    if (method !== null && !OWNS.test(alone.slice(method.index + method[0].length))) return true;
    const compared = COMPARED.exec(before);
    return compared !== null && /\d/u.test(this.#sentence.slice(0, offset + compared.index));
  }

  #isChance(before: string, after: string): boolean {
    const guess = GUESSING.exec(before);
    if (guess !== null) return !BETTER_THAN.test(before.slice(0, guess.index));
    const later = GUESSING.exec(after);
    return later !== null && !BETTER_THAN.test(after.slice(0, later.index));
  }

  #around({ start, end }: Place, borders: readonly Place[]): Place {
    let from = 0;
    let until = this.#sentence.length;
    for (const border of borders) {
      if (border.end <= start) from = Math.max(from, border.end);
      else if (border.start >= end) until = Math.min(until, border.start);
    }
    return { start: from, end: until };
  }
}

/** "Human error is 0.2 %, so accuracy 99.8 %": what follows from another's figure is another's, unless it is called the writer's own. */
function isOfOther(wide: string, near: string): boolean {
  const other = OTHER_PERSON.exec(wide);
  return (
    other !== null && CONCLUDES.test(near) && !OWNS.test(wide.slice(other.index + other[0].length))
  );
}

function placesOf(pattern: RegExp, text: string): Place[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
