import { Parser } from 'htmlparser2';
import type { Appearance } from './styles/appearance.ts';
import type { PageStyles, StyledLook } from './styles/page-styles.ts';
import { submissionError } from '../errors.ts';
import type { TextLine } from './block.ts';
import { LineBuilder, holdsAnything } from './line-builder.ts';

const BREAKS = new Set('br p div li tr h1 h2 h3 h4 h5 h6 pre blockquote'.split(' '));
const CELLS = new Set(['td', 'th']);
/** Stands before raised text, so that 0.92 with an exponent of 5 does not become 0.925. */
export const RAISED = '^';
/** Elements that may be open at once: the parser takes time with the square of their number. */
const DEEPEST = 1000;
/** Their content is no text of the page. */
const NO_TEXT = new Set(['script', 'style', 'template', 'noscript']);

/**
 * The HTML in a Markdown document, piece by piece. An element that one piece opens and another closes makes all that
 * stands between look as it says. Comments, scripts and styles are dropped. Nothing is run or fetched. Tables are
 * read as tables.
 */
export class MarkdownHtml {
  readonly #open: { readonly name: string; readonly look: StyledLook }[] = [];
  readonly #styles: PageStyles;
  #without = 0;
  #lines = new LineBuilder();
  /** Lines that stand in a quotation. */
  readonly #quoted = new WeakSet<TextLine>();
  readonly #parser: Parser;
  /** The tables that are open, one within the other, and those that have been read. */
  readonly #tables: { readonly rows: string[][]; isCell: boolean }[] = [];
  #read: (readonly (readonly string[])[])[] = [];

  /** `styles` are those of the whole document. */
  constructor(styles: PageStyles) {
    this.#styles = styles;
    this.#parser = new Parser({
      onopentag: (name, attributes) => this.#opened(name, attributes),
      ontext: (content) => this.#text(content),
      onclosetag: (name) => this.#closed(name),
    });
  }

  /** How text at this place of the document looks. */
  get appearance(): Appearance {
    if (this.#without > 0) return 'hidden';
    return this.#open.at(-1)?.look.appearance ?? 'shown';
  }

  /** Whether this place of the document is in a quotation. */
  get inQuotation(): boolean {
    return this.#open.some(({ name }) => name === 'blockquote');
  }

  /** Whether a line that was read stands in a quotation. */
  quotes(line: TextLine): boolean {
    return this.#quoted.has(line);
  }

  /** Reads one piece: its lines of text, with the pictures in them. */
  read(html: string): TextLine[] {
    this.#lines = new LineBuilder();
    this.#parser.write(html);
    this.#end();
    return this.#lines.lines.filter(holdsAnything);
  }

  /** The tables that ended since this was asked last, as rows of cells; their text is in no line. */
  takeTables(): readonly (readonly (readonly string[])[])[] {
    const tables = this.#read;
    this.#read = [];
    return tables;
  }

  /** A paragraph of Markdown ends one of HTML, as it does in a browser. */
  paragraph(): void {
    if (this.#open.at(-1)?.name === 'p') this.#parser.write('</p>');
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length >= DEEPEST) {
      throw submissionError('answers-too-large', {
        message: `The answers hold HTML of which more than ${DEEPEST} elements are open at once, which is more than answers can have.`,
        fix: 'Close the elements, or write the answers as Markdown.',
      });
    }
    if (NO_TEXT.has(name)) this.#without += 1;
    if (BREAKS.has(name) || CELLS.has(name)) this.#end();
    this.#openedInTable(name);
    const look = this.#styles.look(name, attributes, this.#open.at(-1)?.look ?? null);
    this.#open.push({ name, look });
    if (name === 'q' || name === 'cite') this.#lines.add('“', this.appearance);
    if (name === 'sup') this.#lines.add(RAISED, this.appearance);
    const source = attributes['src'];
    if (name === 'img' && source !== undefined) {
      this.#lines.picture({ target: source, alt: attributes['alt'] ?? '' });
    }
  }

  #text(content: string): void {
    for (const [index, line] of content.split('\n').entries()) {
      if (index > 0) this.#end();
      if (this.#without === 0) this.#lines.add(line, this.appearance);
    }
  }

  #closed(name: string): void {
    if (NO_TEXT.has(name)) this.#without -= 1;
    if (BREAKS.has(name) || CELLS.has(name)) this.#end();
    this.#closedInTable(name);
    if (name === 'q' || name === 'cite') this.#lines.add('”', this.appearance);
    if (this.#open.at(-1)?.name === name) this.#open.pop();
  }

  #openedInTable(name: string): void {
    if (name === 'table') this.#tables.push({ rows: [], isCell: false });
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (name === 'tr') table.rows.push([]);
    if (!CELLS.has(name)) return;
    if (table.rows.length === 0) table.rows.push([]);
    table.rows.at(-1)?.push('');
    table.isCell = true;
  }

  #closedInTable(name: string): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (CELLS.has(name)) table.isCell = false;
    if (name !== 'table') return;
    this.#tables.pop();
    const rows = table.rows.filter((row) => row.some((cell) => cell !== ''));
    if (rows.length > 0) this.#read.push(rows);
  }

  #end(): void {
    const table = this.#tables.at(-1);
    this.#lines.end((text, images) => {
      const plain = text.trim();
      const row = table?.isCell === true ? table.rows.at(-1) : undefined;
      if (row === undefined) return { text: plain, bold: false, images };
      row.push(`${row.pop() ?? ''} ${plain}`.trim());
      return { text: '', bold: false, images };
    });
    const line = this.#lines.lines.at(-1);
    if (line !== undefined && this.inQuotation) this.#quoted.add(line);
  }
}
