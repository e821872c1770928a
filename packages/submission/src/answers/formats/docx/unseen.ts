import { Parser } from 'htmlparser2';
import { type Colour, WHITE, colourOf, isLost } from '../../../blocks/styles/colour.ts';
import { Covers } from './covers.ts';
import { equationsAsText } from './equations.ts';
import { type Looks, groundIn, take } from './looks.ts';
import { Styles } from './styles.ts';

/** Letters smaller than this many half-points are not meant to be read. */
const LEAST_SIZE = 4;
const LEAST_WIDTH = 10;
/** Lines of exactly this height or less cut off what stands in them, in twentieths of a point. */
const LEAST_LINE = 60;

/**
 * A document of Word in which every run that a reader does not see is set in small capitals, and no other run is: hidden, white
 * or tiny letters, by themselves or by the styles they take after, and what a picture may lie over. The library behind
 * reads neither styles nor colours; small capitals are what it tells apart and no answer needs. What is struck out, once or twice,
 * by a style or not, is struck out once, and equations are text.
 */
export function unseenMarked(document: string, styles: string): string {
  const text = equationsAsText(document).replaceAll(/<w:smallCaps\b[^<>]{0,100}\/>/gu, '');
  const marker = new Marker(new Styles(styles));
  const parser = new Parser(
    {
      onopentag: (name, attributes) =>
        marker.open(
          name,
          attributes,
          // An element without content has no place to write in.
          text[parser.endIndex - 1] === '/' ? null : parser.endIndex + 1,
        ),
      onclosetag: (name) => marker.close(name),
    },
    { xmlMode: true },
  );
  parser.end(text);
  let marked = '';
  let at = 0;
  for (const { place, mark } of marker.marks()) {
    marked += text.slice(at, place) + mark;
    at = place;
  }
  return marked + text.slice(at);
}

interface Run {
  /** Where its content begins; `null` where it has none. */
  readonly place: number | null;
  /** Where what is said of it begins; `null` where nothing is. */
  properties: number | null;
  readonly looks: Looks;
  character: string | null;
  readonly paragraph: Paragraph;
}

interface Paragraph {
  readonly looks: Looks;
  style: string | null;
  /** Which of the document's it is. */
  readonly index: number;
  /** In a cell: its ground, and the style of its table. */
  readonly cell: { ground?: Colour | null } | null;
  readonly table: { style: string | null } | null;
}

class Marker {
  readonly #styles: Styles;
  readonly #open: string[] = [];
  readonly #runs: Run[] = [];
  readonly #active: Run[] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: { style: string | null }[] = [];
  readonly #cells: { ground?: Colour | null }[] = [];
  readonly #covers = new Covers();
  #count = 0;
  /** White, and the colour of the page where it has one: whether that is shown is a setting of the reader. */
  readonly #pages: Colour[] = [WHITE];

  constructor(styles: Styles) {
    this.#styles = styles;
  }

  /** `content` is where the element's content begins; `null` where it has none. */
  open(name: string, attributes: Readonly<Record<string, string>>, content: number | null): void {
    const parent = this.#open.at(-1) ?? '';
    this.#open.push(name);
    this.#covers.open(name, attributes);
    const paragraph = this.#paragraphs.at(-1);
    const run = this.#active.at(-1);
    const value = attributes['w:val'];
    switch (name) {
      case 'w:background':
        this.#pages.push(colourOf(attributes['w:color'] ?? '') ?? WHITE);
        break;
      case 'w:tbl':
        this.#tables.push({ style: null });
        break;
      case 'w:tblStyle': {
        const table = this.#tables.at(-1);
        if (table !== undefined) table.style = value ?? null;
        break;
      }
      case 'w:tc':
        this.#cells.push({});
        break;
      case 'w:p':
        this.#paragraphs.push({
          looks: {},
          style: null,
          index: this.#count,
          cell: this.#cells.at(-1) ?? null,
          table: this.#tables.at(-1) ?? null,
        });
        this.#count += 1;
        break;
      case 'w:pStyle':
        if (paragraph !== undefined) paragraph.style = value ?? null;
        break;
      case 'w:r':
        if (paragraph === undefined) break;
        this.#active.push({
          place: content,
          properties: null,
          looks: {},
          character: null,
          paragraph,
        });
        break;
      case 'w:rPr':
        if (run !== undefined && parent === 'w:r') run.properties = content;
        break;
      case 'w:rStyle':
        if (run !== undefined && parent === 'w:rPr') run.character = value ?? null;
        break;
      default:
        if (parent === 'w:rPr' && run !== undefined && this.#open.at(-3) === 'w:r') {
          take(run.looks, name, attributes);
        } else if (parent === 'w:pPr' && paragraph !== undefined) {
          take(paragraph.looks, name, attributes);
        } else if (parent === 'w:tcPr' && name === 'w:shd') {
          const cell = this.#cells.at(-1);
          if (cell !== undefined) Object.assign(cell, groundIn(attributes));
        }
    }
  }

  close(name: string): void {
    this.#open.pop();
    if (name === 'w:r') {
      const run = this.#active.pop();
      if (run !== undefined) this.#runs.push(run);
    } else if (name === 'w:p') this.#paragraphs.pop();
    else if (name === 'w:tc') this.#cells.pop();
    else if (name === 'w:tbl') this.#tables.pop();
    else if (name === 'wp:anchor') this.#covers.close(this.#paragraphs.at(-1)?.index ?? 0);
  }

  /** What is to be written, and where, from the front to the back. */
  marks(): { readonly place: number; readonly mark: string }[] {
    return this.#runs
      .flatMap((run) => {
        const { place, properties } = run;
        if (place === null) return [];
        const look = this.#looksOf(run);
        const mark = this.#isUnseen(run, look)
          ? '<w:smallCaps/>'
          : look.struck === true
            ? '<w:strike/>'
            : null;
        if (mark === null) return [];
        return properties === null
          ? [{ place, mark: `<w:rPr>${mark}</w:rPr>` }]
          : [{ place: properties, mark }];
      })
      .toSorted((a, b) => a.place - b.place);
  }

  #looksOf({ looks, character, paragraph }: Run): Looks {
    return {
      ...this.#styles.defaults(),
      ...this.#styles.of(paragraph.table?.style ?? null),
      ...this.#styles.ofParagraph(paragraph.style),
      ...paragraph.looks,
      ...this.#styles.of(character),
      ...looks,
    };
  }

  #isUnseen({ paragraph: { table, cell, index } }: Run, all: Looks): boolean {
    if (this.#covers.hides(index)) return true;
    if (all.vanish === true || (all.size ?? 24) < LEAST_SIZE) return true;
    if ((all.width ?? 100) < LEAST_WIDTH || (all.line ?? 240) < LEAST_LINE) return true;
    const isShaded = this.#styles.shadesCells(table?.style ?? null);
    const ground = all.ground === undefined ? cell?.ground : all.ground;
    const { colour } = all;
    if (colour === undefined || colour === null || ground === null) return false;
    if (ground !== undefined) return isLost(colour, ground);
    return !isShaded && this.#pages.some((page) => isLost(colour, page));
  }
}
