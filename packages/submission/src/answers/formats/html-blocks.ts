import { Parser } from 'htmlparser2';
import type { Appearance } from '../../blocks/styles/appearance.ts';
import type { AnswerBlock, ImageReference, TextLine, UnsaidText } from '../../blocks/block.ts';
import {
  codeBlock,
  headingBlock,
  isMarkedOutput,
  outputBlock,
  paragraphBlock,
  tableBlock,
} from '../../blocks/blocks.ts';
import { RAISED } from '../../blocks/html-fragment.ts';
import { PageStyles, type StyledLook, styleSheetsIn } from '../../blocks/styles/page-styles.ts';
import { withoutEmbeddedPictures } from '../../blocks/embedded-pictures.ts';
import { type ElementRole, elementRole } from './html-roles.ts';
import { type AnswersLimits, answersTooLarge } from './limits.ts';

/** Elements that begin and end a paragraph of their own. */
const BREAKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'main',
  'header',
  'figure',
  'figcaption',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'details',
  'summary',
  'form',
  'fieldset',
  'center',
  'body',
  'html',
  'address',
  'aside',
]);
/** What stands before the second part of these in one line. */
const IN_FORMULAS: ReadonlyMap<string, string> = new Map([
  ['msup', RAISED],
  ['mfrac', '/'],
  ['msub', '_'],
]);
const HEADING = /^h(?<level>[1-6])$/u;

/**
 * Splits a web page into blocks: pages that Jupyter, knitr, R Markdown and Quarto export, and what word processors
 * are converted to. `sheets` hold for the page beside its own. Nothing on the page is run or fetched. Throws the student's `answers-too-large`.
 */
export function htmlBlocks(
  html: string,
  path: string,
  limits: AnswersLimits,
  sheets: readonly string[] = [],
): AnswerBlock[] {
  const { text, restore } = withoutEmbeddedPictures(html);
  if (text.length > limits.characters * 2) {
    throw answersTooLarge(path, `${text.length} characters of HTML`);
  }
  const builder = new BlockBuilder(
    path,
    restore,
    limits,
    new PageStyles([...sheets, ...styleSheetsIn(text)]),
  );
  const parser = new Parser({
    onopentag: (name, attributes) => builder.open(name, attributes),
    ontext: (content) => builder.text(content),
    onclosetag: (name) => builder.close(name),
  });
  parser.end(text);
  return builder.finish();
}

class BlockBuilder {
  readonly #path: string;
  readonly #limits: AnswersLimits;
  readonly #restore: (target: string) => string;
  readonly #styles: PageStyles;
  readonly #blocks: AnswerBlock[] = [];
  readonly #open: {
    readonly name: string;
    readonly role: ElementRole;
    readonly look: StyledLook;
    children: number;
  }[] = [];
  readonly #lists: (number | null)[] = [];
  #unseen = 0;
  #quotes = 0;
  #bold = 0;
  #item: number | null = null;
  #heading: number | null = null;
  #pre: string | null = null;
  #table: { rows: string[][]; images: ImageReference[]; depth: number } | null = null;
  #line = '';
  #lineIsBold = false;
  #images: ImageReference[] = [];
  #unsaid: UnsaidText[] = [];
  #lines: TextLine[] = [];

  constructor(
    path: string,
    restore: (target: string) => string,
    limits: AnswersLimits,
    styles: PageStyles,
  ) {
    this.#path = path;
    this.#limits = limits;
    this.#restore = restore;
    this.#styles = styles;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const role = elementRole(name, attributes);
    const look = this.#styles.look(name, attributes, this.#open.at(-1)?.look ?? null);
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children += 1;
    this.#open.push({ name, role, look, children: 0 });
    if (this.#open.length > this.#limits.nesting) {
      throw answersTooLarge(
        this.#path,
        `elements nested more than ${this.#limits.nesting} levels deep`,
      );
    }
    if (role.unseen) this.#unseen += 1;
    if (this.#unseen > 0) return;
    if (name === 'img') this.#picture(attributes);
    else if (name === 'br') this.#break();
    else if (name === 'sup' && this.#pre === null) this.text(RAISED);
    else if (IN_FORMULAS.has(parent?.name ?? '') && parent?.children === 2) {
      this.text(IN_FORMULAS.get(parent.name) ?? '');
    } else if ((name === 'q' || name === 'cite') && this.#pre === null) this.text('“');
    else if (this.#table !== null) this.#openInTable(name);
    else if (name === 'table') {
      this.#flush();
      this.#table = { rows: [], images: [], depth: 1 };
    } else if (name === 'pre') {
      this.#flush();
      this.#pre = '';
    } else if (name === 'hr') this.#flush();
    else this.#openText(name, attributes);
  }

  text(content: string): void {
    if (this.#unseen > 0) return;
    if (this.#appearance !== 'shown') this.#takenBack(content, this.#appearance);
    else if (this.#pre !== null) this.#pre += content;
    else {
      if (this.#line === '' && content.trim() !== '') this.#lineIsBold = this.#bold > 0;
      this.#line += content.replaceAll(/\s+/gu, ' ');
    }
  }

  get #appearance(): Appearance {
    return this.#open.at(-1)?.look.appearance ?? 'shown';
  }

  #takenBack(content: string, why: Exclude<Appearance, 'shown'>): void {
    const text = content.replaceAll(/\s+/gu, ' ');
    if (text.trim() === '') return;
    const last = this.#unsaid.at(-1);
    if (last?.why === why) this.#unsaid[this.#unsaid.length - 1] = { text: last.text + text, why };
    else this.#unsaid.push({ text, why });
  }

  close(name: string): void {
    const index = this.#open.findLastIndex((element) => element.name === name);
    if (index < 0) return;
    const closed = this.#open.splice(index);
    const hidden = closed.filter(({ role }) => role.unseen).length;
    if (this.#unseen > 0) {
      this.#unseen -= hidden;
      return;
    }
    if ((name === 'q' || name === 'cite') && this.#pre === null) this.text('”');
    if (name === 'pre' && this.#pre !== null) this.#program(this.#pre, closed);
    else if (this.#table !== null) this.#closeInTable(name);
    else if (HEADING.test(name)) {
      this.#flush();
      this.#heading = null;
    } else if (name === 'b' || name === 'strong') this.#bold = Math.max(0, this.#bold - 1);
    else if (BREAKS.has(name)) this.#closeText(name);
  }

  finish(): AnswerBlock[] {
    if (this.#pre !== null) this.#program(this.#pre, []);
    this.#endTable();
    this.#flush();
    return this.#blocks;
  }

  #openText(name: string, attributes: Readonly<Record<string, string>>): void {
    const level = HEADING.exec(name)?.groups?.['level'];
    if (level !== undefined) {
      this.#flush();
      this.#heading = Number(level);
    } else if (name === 'b' || name === 'strong') this.#bold += 1;
    else if (BREAKS.has(name)) {
      this.#flush();
      if (name === 'blockquote') this.#quotes += 1;
      if (name === 'ul') this.#lists.push(null);
      if (name === 'ol') this.#lists.push(whole(attributes['start']) ?? 1);
      if (name === 'li') this.#openItem(whole(attributes['value']));
    }
  }

  #closeText(name: string): void {
    this.#flush();
    if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
    if (name === 'ul' || name === 'ol') this.#lists.pop();
    if (name === 'li') this.#item = null;
  }

  #openItem(value: number | null): void {
    const list = this.#lists.length - 1;
    const next = value ?? this.#lists[list] ?? null;
    if (next === null || this.#lists[list] === null || list < 0) return;
    this.#lists[list] = next + 1;
    if (list === 0) this.#item = next;
  }

  #openInTable(name: string): void {
    if (this.#table === null) return;
    if (name === 'table') this.#table.depth += 1;
    else if (name === 'tr' && this.#table.depth === 1) this.#table.rows.push([]);
    else if (name === 'td' || name === 'th') this.#line = '';
  }

  #closeInTable(name: string): void {
    const table = this.#table;
    if (table === null) return;
    if ((name === 'td' || name === 'th') && table.depth === 1) {
      table.rows.at(-1)?.push(this.#line.trim());
      this.#line = '';
    } else if (name === 'table') {
      table.depth -= 1;
      if (table.depth === 0) this.#endTable();
    }
  }

  /** Tables that lay out a page hold one cell or pictures; they are read as text. */
  #endTable(): void {
    const table = this.#table;
    if (table === null) return;
    this.#table = null;
    this.#line = '';
    this.#images = [];
    const rows = table.rows.filter((row) => row.some((cell) => cell !== ''));
    const printed = this.#open.some(({ role }) => role.holds === 'output');
    if (rows.some((row) => row.length > 1)) this.#push(tableBlock(rows, printed));
    else for (const [cell = ''] of rows) this.#push(paragraphBlock([line(cell)]));
    if (table.images.length > 0)
      this.#push(paragraphBlock([{ ...line(''), images: table.images }]));
  }

  #program(text: string, closed: readonly { readonly role: ElementRole }[]): void {
    this.#pre = null;
    const roles = [...this.#open, ...closed].map(({ role }) => role);
    if (roles.some(({ isErrorStream }) => isErrorStream)) return;
    const language = roles.findLast((role) => role.language !== '')?.language ?? '';
    const holds = roles.findLast((role) => role.holds !== null)?.holds ?? null;
    const plain = text.replace(/^\n/u, '').trimEnd();
    if (plain.trim() === '') return;
    const isOutput = holds === 'output' || (language === '' && isMarkedOutput(plain));
    if (!isOutput) this.#push(codeBlock(language, plain));
    else this.#push(outputBlock(plain));
  }

  #picture(attributes: Readonly<Record<string, string>>): void {
    const source = attributes['src'];
    if (source === undefined || source === '') return;
    const image = {
      target: this.#restore(source.trim()),
      alt: attributes['alt'] ?? '',
    };
    if (this.#table !== null) this.#table.images.push(image);
    else this.#images.push(image);
  }

  #break(): void {
    if (this.#pre !== null) this.#pre += '\n';
    else if (this.#table !== null) this.#line += ' ';
    else this.#endLine();
  }

  #endLine(): void {
    const text = this.#line.replaceAll(/\s+/gu, ' ').trim();
    const unsaid = this.#unsaid;
    if (text !== '' || this.#images.length > 0 || unsaid.length > 0) {
      const line = { text, bold: this.#lineIsBold, images: this.#images };
      this.#lines.push(unsaid.length === 0 ? line : { ...line, unsaid });
    }
    this.#unsaid = [];
    this.#line = '';
    this.#lineIsBold = false;
    this.#images = [];
  }

  #flush(): void {
    if (this.#table !== null || this.#pre !== null) return;
    this.#endLine();
    if (this.#lines.length === 0) return;
    const depth = this.#lists.length;
    const options = {
      quoted: this.#quotes > 0,
      item: this.#item,
      ...(depth > 0 ? { depth } : {}),
    };
    const block =
      this.#heading === null
        ? paragraphBlock(this.#lines, options)
        : headingBlock(this.#heading, this.#lines);
    this.#lines = [];
    this.#item = null;
    this.#push(block);
  }

  #push(block: AnswerBlock): void {
    this.#blocks.push(block);
    if (this.#blocks.length > this.#limits.blocks) {
      throw answersTooLarge(this.#path, `more than ${this.#limits.blocks} paragraphs`);
    }
  }
}

function line(text: string): TextLine {
  return { text, bold: false, images: [] };
}

function whole(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,4}$/u.test(value) ? Number(value) : null;
}
