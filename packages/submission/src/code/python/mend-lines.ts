import type { Effort } from '../effort.ts';
import { Blocks, indentationOf, indentWidth } from './blocks.ts';
import { ErrorSearch } from './grammar.ts';
import { type LineEnding, LineState } from './line-state.ts';

const SAYS_NOTHING = /^[ \t]*(?:#|$)/u;
const CANNOT_BEGIN = /^[ \t]*(?:[)\]},#]|$)/u;
/** Lines that only make sense behind another, and where in them the part begins that makes sense alone. */
const BEHIND_ANOTHER = /^(?:el(?=if\b)|@|(?:else|try|finally|except)[ \t]*:)/u;
const NOT_ALONE = /^(?:except|case)\b/u;
const HEADER =
  /^(?:async[ \t]+)?(?:(?<word>if|elif|else|for|while|with|try|except|finally)\b|(?<definition>def|class)[ \t]+(?<name>[\p{L}_][\p{L}\p{N}_]*))/u;
/** What stands for the first line of a block that breaks the grammar: the block is read all the same. */
const HEADERS: Readonly<Record<string, string>> = {
  if: 'if _:',
  elif: 'elif _:',
  else: 'else:',
  for: 'for _ in _:',
  while: 'while _:',
  with: 'with _:',
  try: 'try:',
  except: 'except:',
  finally: 'finally:',
};
/** Longer statements that break the grammar are data or no code. */
const LONGEST_BROKEN = 20_000;

/** A text in which every statement stands by itself, so that a broken one spoils no other. */
export interface MendedText {
  readonly text: string;
  /** Where brackets were closed that the program leaves open. */
  readonly torn: ReadonlySet<number>;
  /** The statements that break the grammar, by the places where `pass` stands for them. */
  readonly broken: ReadonlyMap<number, ClosedText>;
  /** `false` where a broken statement is too long to be one. */
  readonly isWhole: boolean;
}

/** A text with its open brackets closed, and the places where that was done. */
export interface ClosedText {
  readonly text: string;
  readonly torn: ReadonlySet<number>;
}

/**
 * Divides a text that the grammar finds errors in into its statements. A bracket that is never closed ends before the
 * first line that cannot belong to it; a statement that still breaks the grammar is taken out, to be read alone.
 */
export function mendLines(text: string, effort: Effort): MendedText {
  const mender = new Mender(text, effort);
  return mender.mend();
}

/** The line behind a statement, and what closes its brackets. */
interface End {
  readonly next: number;
  readonly closers: string;
}

class Mender {
  readonly #text: string;
  readonly #effort: Effort;
  readonly #lines: readonly { readonly text: string; readonly from: number }[];
  readonly #state = new LineState();
  readonly #unclosable = new Set<string>();
  readonly #torn = new Set<number>();
  readonly #broken = new Map<number, ClosedText>();
  readonly #blocks = new Blocks();
  readonly #out: string[] = [];
  #length = 0;
  #isWhole = true;

  constructor(text: string, effort: Effort) {
    this.#text = text;
    this.#effort = effort;
    let next = 0;
    this.#lines = text.split('\n').map((line) => {
      const from = next;
      next += line.length + 1;
      return { text: line, from };
    });
  }

  mend(): MendedText {
    for (let at = 0; at < this.#lines.length;) at = this.#statement(at);
    return {
      text: this.#out.join(''),
      torn: this.#torn,
      broken: this.#broken,
      isWhole: this.#isWhole,
    };
  }

  /** Passes a statement on, in its block; returns how far its places are moved by that. */
  #push(text: string, ending: LineEnding): number {
    const placed = this.#blocks.place(text);
    this.#blocks.end(ending);
    const moved = this.#length + placed.length - text.length;
    this.#out.push(placed, '\n');
    this.#length += placed.length + 1;
    return moved;
  }

  /** Passes on the statement that begins at a line; returns the line behind it. */
  #statement(first: number): number {
    const { text, from } = this.#lines[first] ?? { text: '', from: 0 };
    const indentation = indentationOf(text);
    if (SAYS_NOTHING.test(text)) return first + 1;
    const place = placeAlone(text, indentation.length);
    const search = place === null ? null : new ErrorSearch(this.#text, from + place, this.#effort);
    const { next, closers } = this.#endOf(first, search);
    const last = this.#lines[next - 1] ?? { text, from };
    const content = this.#text.slice(from, last.from + last.text.length);
    const { hasOpenString, ending } = this.#state;
    this.#state.reset();
    const isBroken =
      closers !== '' || hasOpenString || (search?.errorBy(from + content.length) ?? null) !== null;
    if (isBroken) this.#mend(content, closers, hasOpenString, this.#hasBlock(indentation, next));
    else this.#push(content, ending);
    return next;
  }

  /** Where the statement that begins at a line ends, and what closes its brackets that are open there. */
  #endOf(first: number, search: ErrorSearch | null): End {
    const width = indentWidth(this.#lines[first]?.text ?? '');
    this.#feed(this.#lines[first]?.text ?? '');
    let last: (End & { readonly place: number }) | null = null;
    let at = first + 1;
    for (; this.#state.isOpen && at < this.#lines.length; at += 1) {
      const { text, from } = this.#lines[at] ?? { text: '', from: 0 };
      const mayBegin =
        this.#state.isInBrackets && !CANNOT_BEGIN.test(text) && indentWidth(text) <= width;
      if (mayBegin) {
        const here = {
          next: at,
          closers: this.#state.closers,
          place: from + indentationOf(text).length,
        };
        if (this.#state.hasOpenString) return here;
        const error = search?.errorBy(here.place) ?? null;
        // The line in which it breaks may be the one that does not belong to it.
        if (error !== null) return last !== null && last.place <= error ? last : here;
        last = here;
      }
      this.#feed(text);
    }
    const { closers, longQuote } = this.#state;
    if (longQuote !== null) {
      // Nothing closes it, so it would take the rest of the program with it.
      this.#unclosable.add(longQuote);
      this.#state.reset();
      return this.#endOf(first, search);
    }
    const error = closers === '' ? null : (search?.errorBy(this.#text.length) ?? null);
    return last !== null && error !== null && last.place <= error ? last : { next: at, closers };
  }

  #feed(line: string): void {
    this.#effort.spend();
    this.#state.feed(line, this.#unclosable);
  }

  /** Passes a broken statement on as it should be, or what stands for it. */
  #mend(content: string, closers: string, isLost: boolean, hasBlock: boolean): void {
    const indentation = indentationOf(content);
    const header = HEADER.exec(content.slice(indentation.length))?.groups;
    const endings = header !== undefined && hasBlock ? ['', ':'] : [''];
    for (const ending of isLost ? [] : endings) {
      const { text, torn } = closed(content, closers, ending);
      if (!this.#isValid(text)) continue;
      const moved = this.#push(text, header !== undefined && hasBlock ? 'colon' : 'body');
      for (const place of torn) this.#torn.add(moved + place);
      return;
    }
    if (header !== undefined) {
      const { word, definition, name } = header;
      const line =
        definition === undefined
          ? (HEADERS[word ?? ''] ?? 'if _:')
          : `${definition} ${name ?? '_'}${definition === 'def' ? '()' : ''}:`;
      this.#push(`${indentation}${line}${hasBlock ? '' : ' pass'}`, hasBlock ? 'colon' : 'body');
      return;
    }
    const moved = this.#push(`${indentation}pass`, 'other');
    if (content.length > LONGEST_BROKEN) this.#isWhole = false;
    else {
      const statement = closed(content.slice(indentation.length), closers, '');
      this.#broken.set(moved + indentation.length, statement);
    }
  }

  #isValid(text: string): boolean {
    const place = placeAlone(text, indentationOf(text).length);
    return (
      place === null ||
      new ErrorSearch(`${text}\n`, place, this.#effort).errorBy(text.length) === null
    );
  }

  /** Whether lines from `next` on are a block below a line with this indentation. */
  #hasBlock(indentation: string, next: number): boolean {
    let at = next;
    while (at < this.#lines.length && SAYS_NOTHING.test(this.#lines[at]?.text ?? '')) at += 1;
    return indentWidth(this.#lines[at]?.text ?? '') > indentWidth(indentation);
  }
}

/** Where the part of a statement begins that the grammar takes alone; `null` where there is none. */
function placeAlone(text: string, start: number): number | null {
  const statement = text.slice(start);
  if (NOT_ALONE.test(statement)) return null;
  const skipped = BEHIND_ANOTHER.exec(statement)?.[0].length ?? 0;
  return SAYS_NOTHING.test(statement.slice(skipped)) ? null : start + skipped;
}

function closed(text: string, closers: string, ending: string): ClosedText {
  if (closers === '') return { text: text + ending, torn: new Set() };
  // On a line of their own, since the last may end with a comment.
  const torn = Array.from(closers, (_, index) => text.length + 1 + index);
  return { text: `${text}\n${closers}${ending}`, torn: new Set(torn) };
}
