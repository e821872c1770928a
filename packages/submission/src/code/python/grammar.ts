import type { PartialParse, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Effort } from '../effort.ts';

const STRICT = parser.configure({ strict: true });

/** The grammar's tree of a text; every text has one. Where the effort ends, so does the tree. */
export function parseText(text: string, effort: Effort): Tree {
  return finished(parser.startParse(text), effort);
}

/** The tree of a text in which nothing breaks the grammar; else `null`. */
export function parseValidText(text: string, effort: Effort): Tree | null {
  try {
    const tree = finished(STRICT.startParse(text), effort);
    return hasError(tree) ? null : tree;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function finished(parse: PartialParse, effort: Effort): Tree {
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) return tree;
    if (!effort.spend() && parse.stoppedAt === null) parse.stopAt(parse.parsedPos);
  }
}

/** An expression of some hundred terms is broken off without being wrong. */
function hasError(tree: Tree): boolean {
  const cursor = tree.cursor();
  do if (cursor.type.isError) return true;
  while (cursor.next());
  return false;
}

/** Finds the first place at which the statement that begins at `from` breaks the grammar, going no further than asked. */
export class ErrorSearch {
  readonly #parse: PartialParse;
  readonly #effort: Effort;
  /** Where it breaks; `null` while nothing is wrong as far as it was read. */
  #error: number | null = null;
  #isDone = false;

  constructor(text: string, from: number, effort: Effort) {
    this.#parse = STRICT.startParse(text, [], [{ from, to: text.length }]);
    this.#effort = effort;
  }

  /** The place, if it is up to and with `to`; else `null`. */
  errorBy(to: number): number | null {
    while (this.#error === null && !this.#isDone && this.#parse.parsedPos <= to) {
      try {
        this.#isDone = this.#parse.advance() !== null || !this.#effort.spend();
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        this.#error = this.#parse.parsedPos;
      }
    }
    return this.#error !== null && this.#error <= to ? this.#error : null;
  }
}
