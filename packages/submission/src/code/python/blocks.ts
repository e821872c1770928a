import type { LineEnding } from './line-state.ts';

const INDENTATION = /^[ \t]*/u;
const HEADER =
  /^[ \t]*(?:if|elif|else|for|while|with|try|except|finally|def|class|async|match|case)\b/u;
/** CPython's own limit on blocks in blocks (MAXINDENT in Parser/lexer/state.h). */
const DEEPEST = 100;

/** The blocks around the line that is read. */
export class Blocks {
  readonly #widths: number[] = [];
  #isHeader = false;
  #beginsBlock = false;
  /** There are more than Python allows. */
  tooDeep = false;

  /**
   * The first line of a statement in the block where it belongs: a step inwards without a header before it, or one
   * outwards to where no block began, is a slip.
   */
  place(line: string): string {
    const width = indentWidth(line);
    while (this.#widths.length > 1 && (this.#widths.at(-1) ?? 0) > width) this.#widths.pop();
    const block = this.#widths.at(-1);
    let placed = line;
    if (block === undefined || block > width) this.#widths.splice(0, 1, width);
    else if (block < width && this.#beginsBlock) this.#widths.push(width);
    else if (block < width) placed = line.replace(INDENTATION, ' '.repeat(block));
    this.tooDeep = this.#widths.length > DEEPEST;
    this.#isHeader = HEADER.test(line);
    return placed;
  }

  /** How the statement ends that was placed last: a header may lack its colon, or be its whole block. */
  end(ending: LineEnding): void {
    this.#beginsBlock = ending === 'colon' || (this.#isHeader && ending === 'other');
  }
}

/** Columns before a line's first sign, with tabs to the next multiple of eight as Python and the grammar count them. */
export function indentWidth(line: string): number {
  let width = 0;
  for (const sign of line) {
    if (sign === ' ') width += 1;
    else if (sign === '\t') width += 8 - (width % 8);
    else break;
  }
  return width;
}

/** The white space before a line's first sign. */
export function indentationOf(line: string): string {
  return INDENTATION.exec(line)?.[0] ?? '';
}
