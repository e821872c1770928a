import { Parser } from 'htmlparser2';
import { type Colour, WHITE, colourOf, isLost } from '../../blocks/styles/colour.ts';

/** What a style, a paragraph or a run says of how letters look; `undefined` where it says nothing. */
interface Looks {
  vanish?: boolean;
  /** Half-points. */
  size?: number;
  colour?: Colour | null;
  /** What is behind the letters; `null` for a colour that is not known. */
  ground?: Colour | null;
  /** In per cent of the letters' own width. */
  width?: number;
  /** Height of the line, exactly so many twentieths of a point. */
  line?: number;
}

interface Style {
  readonly looks: Looks;
  basedOn: string | null;
  /** Some cells of its tables have a ground of their own. */
  shadesCells: boolean;
}

/** Letters smaller than this many half-points are not meant to be read. */
const LEAST_SIZE = 4;
const LEAST_WIDTH = 10;
/** Lines of exactly this height or less cut off what stands in them, in twentieths of a point. */
const LEAST_LINE = 60;
/** Styles that are based on others, so many deep. */
const DEEPEST = 20;
/** English metric units in a line of text of 12 points, and the least side of something that covers text (3 mm). */
const EMU_A_LINE = 152_400;
const LEAST_COVER = 108_000;

/**
 * A document of Word in which every run that a reader does not see is set in small capitals, and no other run is: hidden, white
 * or tiny letters, by themselves or by the styles they take after, and what a picture may lie over. The library behind
 * reads neither styles nor colours; small capitals are what it tells apart and no answer needs.
 */
export function unseenMarked(document: string, styles: string): string {
  const text = document.replaceAll(/<w:smallCaps\b[^<>]{0,100}\/>/gu, '');
  const marker = new Marker(stylesIn(styles));
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

/** Something that lies over the text: from which paragraph to which. */
interface Cover {
  readonly from: number;
  readonly to: number;
}

class Marker {
  readonly #styles: ReadonlyMap<string, Style>;
  readonly #open: string[] = [];
  readonly #runs: Run[] = [];
  readonly #active: Run[] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: { style: string | null }[] = [];
  readonly #cells: { ground?: Colour | null }[] = [];
  readonly #covers: Cover[] = [];
  #count = 0;
  /** White, and the colour of the page where it has one: whether that is shown is a setting of the reader. */
  readonly #pages: Colour[] = [WHITE];
  #anchor: { isOver: boolean; relative: string; offset: string; size: [number, number] } | null =
    null;

  constructor(styles: ReadonlyMap<string, Style>) {
    this.#styles = styles;
  }

  /** `content` is where the element's content begins; `null` where it has none. */
  open(name: string, attributes: Readonly<Record<string, string>>, content: number | null): void {
    const parent = this.#open.at(-1) ?? '';
    this.#open.push(name);
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
      case 'wp:anchor':
        this.#anchor = {
          isOver: !isOn(attributes['behindDoc'] ?? '0'),
          relative: '',
          offset: '',
          size: [0, 0],
        };
        break;
      default:
        if (this.#anchor !== null) this.#anchored(name, attributes);
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
    else if (name === 'wp:anchor') this.#endAnchor();
  }

  /** What is to be written, and where, from the front to the back. */
  marks(): { readonly place: number; readonly mark: string }[] {
    return this.#runs
      .flatMap((run) => {
        const { place, properties } = run;
        if (place === null || !this.#isUnseen(run)) return [];
        return properties === null
          ? [{ place, mark: '<w:rPr><w:smallCaps/></w:rPr>' }]
          : [{ place: properties, mark: '<w:smallCaps/>' }];
      })
      .toSorted((a, b) => a.place - b.place);
  }

  #isUnseen({ looks, character, paragraph }: Run): boolean {
    const { table, cell, style, index } = paragraph;
    if (this.#covers.some(({ from, to }) => index >= from && index <= to)) return true;
    const all: Looks = {
      ...this.#styled(DEFAULTS),
      ...this.#styled(table?.style ?? null),
      ...this.#styled(style ?? this.#default()),
      ...paragraph.looks,
      ...this.#styled(character),
      ...looks,
    };
    if (all.vanish === true || (all.size ?? 24) < LEAST_SIZE) return true;
    if ((all.width ?? 100) < LEAST_WIDTH || (all.line ?? 240) < LEAST_LINE) return true;
    const isShaded = this.#chain(table?.style ?? null).some(({ shadesCells }) => shadesCells);
    const ground = all.ground === undefined ? cell?.ground : all.ground;
    const { colour } = all;
    if (colour === undefined || colour === null || ground === null) return false;
    if (ground !== undefined) return isLost(colour, ground);
    return !isShaded && this.#pages.some((page) => isLost(colour, page));
  }

  #default(): string | null {
    return this.#styles.has(NORMAL) ? NORMAL : null;
  }

  #styled(id: string | null): Looks {
    return Object.assign({}, ...this.#chain(id).map(({ looks }) => looks)) as Looks;
  }

  /** A style and those it is based on, the farthest first. */
  #chain(id: string | null): Style[] {
    const chain: Style[] = [];
    let next = id;
    while (next !== null && chain.length < DEEPEST) {
      const style = this.#styles.get(next);
      if (style === undefined) break;
      chain.unshift(style);
      next = style.basedOn;
    }
    return chain;
  }

  #anchored(name: string, attributes: Readonly<Record<string, string>>): void {
    const anchor = this.#anchor;
    if (anchor === null) return;
    if (/^wp:wrap(?!None$)/u.test(name)) anchor.isOver = false;
    else if (name === 'wp:positionV') anchor.relative = attributes['relativeFrom'] ?? '';
    else if (name === 'wp:extent')
      anchor.size = [Number(attributes['cx'] ?? 0), Number(attributes['cy'] ?? 0)];
  }

  #endAnchor(): void {
    const anchor = this.#anchor;
    this.#anchor = null;
    if (anchor === null || !anchor.isOver) return;
    const [width, height] = anchor.size;
    if (!(width >= LEAST_COVER && height >= LEAST_COVER)) return;
    const here = this.#paragraphs.at(-1)?.index ?? 0;
    const lines = Math.ceil(height / EMU_A_LINE);
    const isNear = ['paragraph', 'line'].includes(anchor.relative);
    // How far up it may reach from its place is not worked out: as far as it is high.
    this.#covers.push(
      isNear ? { from: here - lines, to: here + lines } : { from: 0, to: Number.POSITIVE_INFINITY },
    );
  }
}

/** No style of a document has these names. */
const DEFAULTS = '\0defaults';
const NORMAL = '\0normal';

function stylesIn(xml: string): ReadonlyMap<string, Style> {
  const styles = new Map<string, Style>();
  const open: string[] = [];
  let style: Style | null = null;
  const add = (id: string): Style => {
    const made: Style = { looks: {}, basedOn: null, shadesCells: false };
    styles.set(id, made);
    return made;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const parent = open.at(-1) ?? '';
        open.push(name);
        if (name === 'w:rPrDefault') style = add(DEFAULTS);
        if (name === 'w:style') {
          style = add(attributes['w:styleId'] ?? '');
          const isDefault = isOn(attributes['w:default'] ?? '0');
          if (isDefault && attributes['w:type'] === 'paragraph') styles.set(NORMAL, style);
        }
        if (style === null) return;
        const isConditional = open.includes('w:tblStylePr');
        if (name === 'w:basedOn') style.basedOn = attributes['w:val'] ?? null;
        if (name === 'w:shd' && (isConditional || parent === 'w:tcPr')) style.shadesCells = true;
        if (!isConditional && (parent === 'w:rPr' || parent === 'w:pPr'))
          take(style.looks, name, attributes);
      },
      onclosetag(name) {
        open.pop();
        if (name === 'w:style' || name === 'w:rPrDefault') style = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return styles;
}

/** Notes what one property says. */
function take(looks: Looks, name: string, attributes: Readonly<Record<string, string>>): void {
  const value = attributes['w:val'] ?? '';
  switch (name) {
    case 'w:vanish':
    case 'w:specVanish':
      looks.vanish = isOn(attributes['w:val'] ?? '1');
      break;
    case 'w:sz':
      if (/^\d+$/u.test(value)) looks.size = Number(value);
      break;
    case 'w:w':
      if (/^\d+%?$/u.test(value)) looks.width = Number.parseInt(value, 10);
      break;
    case 'w:color':
      looks.colour = colourIn(value, attributes['w:themeColor'] ?? '');
      break;
    case 'w:highlight':
      looks.ground = value === 'none' ? WHITE : colourOf(value);
      break;
    case 'w:shd':
      Object.assign(looks, groundIn(attributes));
      break;
    case 'w:spacing':
      if (attributes['w:lineRule'] === 'exact') looks.line = Number(attributes['w:line'] ?? 240);
      break;
    default:
  }
}

function groundIn(attributes: Readonly<Record<string, string>>): { ground?: Colour | null } {
  const fill = attributes['w:fill'] ?? 'auto';
  if (fill !== 'auto') return { ground: colourOf(fill) };
  return attributes['w:themeFill'] === undefined ? {} : { ground: null };
}

function colourIn(value: string, theme: string): Colour | null {
  if (value !== '' && value !== 'auto') return colourOf(value);
  return ['background1', 'light1'].includes(theme) ? WHITE : null;
}

function isOn(value: string): boolean {
  return ['1', 'true', 'on'].includes(value);
}
