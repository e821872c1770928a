import type { Lab, Question } from '@labproof/lab';

/** How much a text resembles a question, 0…1. */
export interface Resemblance {
  readonly question: Question;
  readonly score: number;
}

/** Least score at which a text is taken for a question's own words. */
export const RESEMBLES = 0.6;

/**
 * Compares texts with the questions of a lab by their words. A word counts the more, the fewer questions use it,
 * so that "model" and "accuracy" say little. Only counts and divisions, hence the same everywhere.
 */
export class QuestionTexts {
  readonly #entries: readonly { question: Question; texts: readonly ReadonlySet<string>[] }[];
  readonly #frequency = new Map<string, number>();
  /** All words of the lab in their order. */
  readonly #handedOut: string;

  constructor(lab: Lab) {
    this.#handedOut = [
      lab.introduction,
      ...lab.questions.flatMap(({ title, prompt }) => [title, prompt]),
    ]
      .map((text) => ` ${wordsOf(text).join(' ')} `)
      .join('|');
    this.#entries = lab.questions.map((question) => ({
      question,
      texts: [question.title, question.prompt, `${question.title} ${question.prompt}`].map(
        (text) => new Set(wordsOf(text)),
      ),
    }));
    for (const { texts } of this.#entries) {
      for (const word of new Set(texts.flatMap((words) => [...words]))) {
        this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
      }
    }
  }

  /** Every question with the score of `text` against its title and prompt, in lab order. */
  resemblances(text: string): Resemblance[] {
    const words = new Set(wordsOf(text));
    const weight = this.#weight(words);
    return this.#entries.map(({ question, texts }) => ({
      question,
      score: texts.reduce((best, other) => Math.max(best, this.#score(words, weight, other)), 0),
    }));
  }

  resemblance(text: string, question: Question): number {
    return this.resemblances(text).find((entry) => entry.question === question)?.score ?? 0;
  }

  /** Whether a text is (a piece of) the question repeated: nearly all of its words are the question's. */
  isPieceOf(text: string, question: Question): boolean {
    const words = new Set(wordsOf(text));
    const known = new Set(wordsOf(`${question.title} ${question.prompt}`));
    return words.size >= 3 && sharedBy(words, known).length >= PIECE_SHARE * words.size;
  }

  /** Whether a sentence is the lab's own, word for word; an ellipsis at its end may have cut a word. */
  quotes(sentence: string): boolean {
    const words = wordsOf(sentence);
    if (sentence.endsWith('…')) words.pop();
    return words.length >= QUOTED_WORDS && this.#handedOut.includes(` ${words.join(' ')} `);
  }

  /** Dice's coefficient over weighted words; a longer piece of a question (its first lines) counts almost as the whole. */
  #score(left: ReadonlySet<string>, weight: number, right: ReadonlySet<string>): number {
    if (left.size === 0 || right.size === 0) return 0;
    const shared = this.#weight(sharedBy(left, right));
    const total = weight + this.#weight(right);
    const dice = (2 * shared) / total;
    const contained = left.size >= PIECE_WORDS ? (0.9 * shared) / weight : 0;
    return Math.max(dice, contained);
  }

  #weight(words: Iterable<string>): number {
    let sum = 0;
    for (const word of words) sum += 1 / (this.#frequency.get(word) ?? 1);
    return sum;
  }
}

/** The words that both have; the longer one is not gone through where it is very much longer. */
function sharedBy(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  return left.size <= MANY * right.size
    ? [...left].filter((word) => right.has(word))
    : [...right].filter((word) => left.has(word));
}

/** Of a text that is so many times longer than a question, the question's words are looked up in the text. */
const MANY = 16;

/** Share of a repeated question's words that must be the question's own. */
const PIECE_SHARE = 0.85;
/** From so many different words on, a piece of a question is told from a chance likeness. */
const PIECE_WORDS = 5;

/** Fewer words in a row are the lab's by chance. */
const QUOTED_WORDS = 4;

/** The words of a text, lower case, without accents, markup and punctuation. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
