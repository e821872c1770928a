import type { AnswerBlock } from '../../blocks/block.ts';
import { codeBlock } from '../../blocks/blocks.ts';
import { markdownBlocks } from '../../blocks/markdown-blocks.ts';
import { trimEndOf } from '../../text/trim.ts';
import { readLabel } from '../../text/question-label.ts';

/** "# %%", "# In[3]:", "#+ plot", "# ---- Model ----", rulers of dashes, the first line for the shell: nobody's answer. */
const SEPARATOR = /^\s*#(?:\s*(?:%%|In\s*\[)|\+|!|\s*-\*-|\s*[-=#*_~]{3,}\s*$|[-=#*_~\s]*$)/u;
const MARKDOWN_CELL = /^\s*#\s*%%.*\[(?:markdown|md)\]/iu;
/** Statements that were switched off: a call, an assignment of a call, a pipe. */
const SWITCHED_OFF =
  /^(?:[\w.$]+\s*(?:<-|=)\s*[\w.:$]+\(|[\w.$]+(?:::\w+)?\(|(?:import|from|library)\s*(?:\(\s*)?\w|[)}\]],?$|\w+\s*=[^=]+,$)|(?:%>%|\|>)$/u;
const DOCSTRING = /^(?<quotes>"""|''')/u;

/**
 * Divides a program in R or Python at its comments: they are read as text, and so are strings that stand alone in
 * Python. Comments behind code stay with it, and so do statements that were switched off by a comment sign.
 */
export function scriptBlocks(source: string, language: string): AnswerBlock[] {
  const pieces = new ScriptPieces(language);
  let closing: string | null = null;
  let markdownCell = false;
  for (const line of source.split(/\r\n?|\n/u)) {
    if (closing !== null) {
      const end = line.indexOf(closing);
      pieces.text(end < 0 ? line : line.slice(0, end));
      if (end < 0) continue;
      pieces.end();
      closing = null;
      continue;
    }
    const quotes = language === 'python' ? DOCSTRING.exec(line)?.groups?.['quotes'] : undefined;
    if (quotes !== undefined) {
      const rest = line.slice(quotes.length);
      const end = rest.indexOf(quotes);
      pieces.end();
      pieces.text(end < 0 ? rest : rest.slice(0, end));
      if (end < 0) closing = quotes;
      else pieces.end();
      continue;
    }
    if (SEPARATOR.test(line) && !isLabelled(line)) {
      const isBlank = /^\s*#\s*$/u.test(line);
      if (isBlank) pieces.blank();
      else pieces.end();
      markdownCell = MARKDOWN_CELL.test(line) || (markdownCell && isBlank);
      continue;
    }
    const comment = /^\s*#(?<rest>.*)$/u.exec(line)?.groups?.['rest'];
    if (comment === undefined) {
      if (line.trim() === '') pieces.blank();
      else pieces.code(line);
      markdownCell &&= line.trim() === '';
      continue;
    }
    const text = comment.replace(/^'/u, '').replace(/^ /u, '');
    const isText =
      markdownCell || !SWITCHED_OFF.test(text.trim()) || readLabel(text, 'plain') !== null;
    if (isText) pieces.text(unframed(text));
    else pieces.code(line);
  }
  pieces.end();
  return pieces.blocks;
}

/** Lines of one kind, gathered until lines of the other kind come. */
class ScriptPieces {
  readonly blocks: AnswerBlock[] = [];
  readonly #language: string;
  #kind: 'code' | 'text' = 'code';
  #lines: string[] = [];

  constructor(language: string) {
    this.#language = language;
  }

  code(line: string): void {
    if (this.#kind !== 'code') this.end();
    this.#kind = 'code';
    this.#lines.push(line);
  }

  text(line: string): void {
    if (this.#kind !== 'text') this.end();
    this.#kind = 'text';
    this.#lines.push(line);
  }

  blank(): void {
    this.#lines.push('');
  }

  end(): void {
    const text = this.#lines.join('\n');
    this.#lines = [];
    if (text.trim() === '') return;
    this.blocks.push(
      ...(this.#kind === 'text'
        ? commentBlocks(text)
        : [codeBlock(this.#language, text.replace(/^\n+/u, '').trimEnd())]),
    );
  }
}

/** A rule of dashes that frames a label says something: "# ---- Question 3 ----". */
function isLabelled(line: string): boolean {
  const text = trimEndOf(line.replace(/^[\s#%'+*=~_-]+/u, ''), /[\s#*=~_-]/u);
  return readLabel(text, 'plain')?.strength === 'strong';
}

/** Text without the rows of signs that people draw around comments. */
function unframed(text: string): string {
  const end = text.trimEnd();
  const unruled = trimEndOf(end, /[-=#*~]/u);
  const open = end.length - unruled.length >= 3 ? unruled.trimEnd() : text;
  const plain = open.replace(/^\s*[-=*~#]{3,}\s*(?=\S)/u, '');
  const label = plain.replace(/^[#\s]+/u, '');
  return readLabel(label, 'bold')?.strength === 'strong' ? label : plain;
}

function needsNoColon(text: string): boolean {
  return readLabel(text, 'plain') === null && readLabel(text, 'bold')?.strength === 'strong';
}

/** In a comment a label needs no colon, since hardly anybody writes sentences about questions there. */
function commentBlocks(text: string): AnswerBlock[] {
  return markdownBlocks(text, 'plain').map((block) => ({
    ...block,
    lines: block.lines.map((line) => ({
      ...line,
      bold: line.bold || needsNoColon(line.text),
    })),
  }));
}
