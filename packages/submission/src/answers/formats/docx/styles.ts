import { Parser } from 'htmlparser2';
import { type Looks, isOn, take } from './looks.ts';

interface Style {
  readonly looks: Looks;
  basedOn: string | null;
  /** Some cells of its tables have a ground of their own. */
  shadesCells: boolean;
}

/** Styles that are based on others, so many deep. */
const DEEPEST = 20;
/** No style of a document has these names. */
const DEFAULTS = '\0defaults';
const NORMAL = '\0normal';

/** The styles of a document: what letters look like that say nothing of it themselves. */
export class Styles {
  readonly #styles: ReadonlyMap<string, Style>;

  /** @param xml `word/styles.xml`; empty where a document has none. */
  constructor(xml: string) {
    this.#styles = stylesIn(xml);
  }

  /** What applies to all letters. */
  defaults(): Looks {
    return this.of(DEFAULTS);
  }

  /** What a paragraph looks like, by its style or by that of paragraphs without one. */
  ofParagraph(id: string | null): Looks {
    return this.of(id ?? (this.#styles.has(NORMAL) ? NORMAL : null));
  }

  /** What a style and those it is based on say; nothing for `null`. */
  of(id: string | null): Looks {
    return Object.assign({}, ...this.#chain(id).map(({ looks }) => looks)) as Looks;
  }

  /** Whether some cells of a table of this style have a ground of their own. */
  shadesCells(id: string | null): boolean {
    return this.#chain(id).some(({ shadesCells }) => shadesCells);
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
}

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
