import { withoutInvisible } from '../../text/readable.ts';
import type { Answer } from '../answer.ts';

/** Words in a row that are compared. */
const RUN = 4;
/** Of the runs of a text, so many stand in what it is an export of; line ends, tables and ligatures cost some. */
const LEAST_SHARED = 0.8;
/** Text that is compared, of one document; answers are far below. */
const LONGEST = 2 ** 21;

/** A document as far as another form of it could be told from it. */
export class DocumentText {
  readonly #runs = new Set<string>();
  readonly #figures: ReadonlySet<string>;
  readonly #letters: string;

  constructor(answers: readonly Answer[]) {
    const text = answers
      .map((answer) =>
        [
          answer.heading,
          wholeText(answer),
          answer.prose,
          ...answer.outputs,
          ...answer.code.map((piece) => piece.text),
        ].join('\n'),
      )
      .join('\n')
      .slice(0, LONGEST);
    const words = wordsIn(text);
    for (let at = 0; at + RUN <= words.length; at += 1) {
      this.#runs.add(words.slice(at, at + RUN).join(' '));
    }
    this.#figures = new Set(figuresIn(text));
    this.#letters = words.join('');
  }

  /**
   * Whether an answer says nothing but what stands in this document, as an export of it does: of its runs of four words at least
   * four in five do, and so does every number that may be a figure (with a decimal mark, or of three digits and more). Spaces, ends of
   * lines, hyphens at them, markup and the order of sections make no difference.
   */
  holds(answer: Answer): boolean {
    if (figuresIn(answer.prose).some((figure) => !this.#figures.has(figure))) return false;
    const words = wordsIn(wholeText(answer));
    if (words.length < RUN) return this.#letters.includes(words.join(''));
    let runs = 0;
    let shared = 0;
    for (let at = 0; at + RUN <= words.length; at += 1) {
      runs += 1;
      if (this.#runs.has(words.slice(at, at + RUN).join(' '))) shared += 1;
    }
    return shared >= LEAST_SHARED * runs;
  }
}

/** The letters and digits of an answer and nothing else: equal where only spaces, line ends and marks differ. */
export function lettersOf(answer: Answer): string {
  return wordsIn(wholeText(answer)).join('');
}

function wholeText({ text, unseen }: Answer): string {
  return unseen === '' ? text : `${text}\n${unseen}`;
}

/** Dates with times, addresses and pages, as browsers print them at the head and the foot of a page. */
const PRINTED_BY_BROWSERS =
  /\d{1,4}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s*[AP]M)?|(?:https?:\/\/|file:\/\/|localhost[:/])\S{1,500}|(?<![\d/])\d{1,3}\/\d{1,3}(?![\d/])/gu;

function plain(text: string): string {
  return (
    withoutInvisible(text)
      .normalize('NFKC')
      .replaceAll(PRINTED_BY_BROWSERS, ' ')
      // A word that a line end divides.
      .replaceAll(/(?<=\p{Ll})[-\u00AD]\s*\n\s*(?=\p{Ll})/gu, '')
      .toLowerCase()
  );
}

function wordsIn(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What stands at a slash or colon is a date, a page or an address that a browser prints. */
const FIGURE = /(?<![\p{L}\d/:._-])\d+(?:[.,]\d+)*(?![\d/:])/gu;

function figuresIn(text: string): string[] {
  return (plain(text).match(FIGURE) ?? [])
    .filter((figure) => /[.,]/u.test(figure) || figure.length >= 3)
    .map((figure) => figure.replaceAll(',', '.'));
}
