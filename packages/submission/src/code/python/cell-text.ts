import type { Effort } from '../effort.ts';
import { Blocks, indentationOf, indentWidth } from './blocks.ts';
import { type Correction, LineState } from './line-state.ts';

/** What stands before the code that was copied out of a console. */
const PROMPT = /^[ \t]*(?:>>>(?!>) ?|\.\.\. |In \[\d{1,6}\]: ?|\.{3,8}: ?)/u;
/** Commands of notebooks: `%matplotlib inline`, `!pip install keras`, `?model.fit`. */
const COMMAND = /^[%!?]/u;
/** `files = !ls data` */
const COMMAND_VALUE = /^(?<target>[\p{L}\p{N}_., \t]+=)[ \t]*[%!]/u;
/** Commands that run the Python behind them. */
const RUNS_PYTHON = /^%time[ \t]+(?=\S)/u;
/** First lines of cells that hold no Python. */
const OTHER_LANGUAGE =
  /^\s*%%(?:bash|sh|script|cmd|html|HTML|svg|SVG|latex|markdown|javascript|js|perl|ruby|R|sql)\b/u;
const SAYS_NOTHING = /^[ \t]*(?:#|$)/u;
/** Code as the grammar takes it. */
export interface CellText {
  readonly text: string;
  /** Something in it is nested more deeply than Python allows, and was left out. */
  readonly isWhole: boolean;
}

/** Python out of what stands in a notebook's cell, a console or a page: without prompts, commands and foreign spaces. */
export function cellText(code: string, effort: Effort): CellText {
  if (OTHER_LANGUAGE.test(code)) return { text: '', isWhole: true };
  const lines = code
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[\uFEFF\u200B-\u200D]/gu, '')
    .replaceAll(/[^\S\n\t ]/gu, ' ')
    .split('\n');
  return new CellReader(atMargin(lines), effort).read();
}

/** Lines that all stand in, without that. */
function atMargin(lines: readonly string[]): readonly string[] {
  const margin = lines.reduce(
    (least, line) => (SAYS_NOTHING.test(line) ? least : Math.min(least, indentWidth(line))),
    Number.POSITIVE_INFINITY,
  );
  if (margin === 0 || !Number.isFinite(margin)) return lines;
  return lines.map((line) => {
    const width = Math.max(0, indentWidth(line) - margin);
    return ' '.repeat(width) + line.slice(indentationOf(line).length);
  });
}

class CellReader {
  readonly #lines: readonly string[];
  readonly #effort: Effort;
  readonly #state = new LineState();
  readonly #blocks = new Blocks();
  readonly #text: string[] = [];
  #isWhole = true;

  constructor(lines: readonly string[], effort: Effort) {
    this.#lines = lines;
    this.#effort = effort;
  }

  read(): CellText {
    let first = 0;
    let isInCommand = false;
    let hasPrompts = false;
    for (const written of this.#lines) {
      this.#effort.spend();
      if (isInCommand) {
        isInCommand = written.endsWith('\\');
        continue;
      }
      const isFresh = !this.#state.isOpen;
      const isPrompted: boolean = isFresh || (hasPrompts && this.#state.longQuote === null);
      let line: string = isPrompted ? written.replace(PROMPT, '') : written;
      if (isFresh) {
        hasPrompts ||= line !== written;
        // Without these, since the grammar counts them and takes a statement apart after some hundreds.
        if (SAYS_NOTHING.test(line)) continue;
        this.#blocks.end(this.#state.ending);
        line = this.#blocks.place(withoutCommand(line));
        isInCommand = written.endsWith('\\') && !line.endsWith('\\');
        first = this.#text.length;
        this.#state.reset();
      }
      this.#state.feed(line);
      this.#text.push(corrected(line, this.#state.corrections));
      if (this.#state.tooDeep || this.#blocks.tooDeep) {
        this.#isWhole = false;
        this.#text.length = first;
        this.#state.reset();
      }
    }
    return { text: this.#text.join('\n'), isWhole: this.#isWhole };
  }
}

/** A line in which a command does nothing: what it gives is unknown, and a block may hold nothing else. */
function withoutCommand(line: string): string {
  const indentation = indentationOf(line);
  const text = line.slice(indentation.length);
  if (RUNS_PYTHON.test(text)) return indentation + text.replace(RUNS_PYTHON, '');
  const target = COMMAND_VALUE.exec(text)?.groups?.['target'];
  if (target !== undefined) return `${indentation}${target} ...`;
  return COMMAND.test(text) ? `${indentation}pass` : line;
}

function corrected(line: string, corrections: readonly Correction[]): string {
  let end = 0;
  const parts = corrections.map(({ from, to, text }) => {
    const part = line.slice(end, from) + text;
    end = to;
    return part;
  });
  return parts.join('') + line.slice(end);
}
