import type { Appearance } from './appearance.ts';
import { BLACK, type Colour, WHITE, colourOf, isLost, over } from './colour.ts';
import { type Declarations } from './declarations.ts';

/** How text in an element looks, and what elements in it take over from it. */
export interface Look {
  readonly appearance: Appearance;
  /** No style inside brings text back that is hidden like this. */
  readonly isGone: boolean;
  readonly isVisible: boolean;
  readonly isStruck: boolean;
  /** `null` for a colour that is not known. */
  readonly colour: Colour | null;
  /** What may be behind the letters: a gradient has several colours. */
  readonly grounds: readonly Colour[];
  /** Of the letters, in pixels. */
  readonly size: number;
  /** Values of variables (`--name`). */
  readonly variables: ReadonlyMap<string, string>;
}

export const PAGE: Look = {
  appearance: 'shown',
  isGone: false,
  isVisible: true,
  isStruck: false,
  colour: BLACK,
  grounds: [WHITE],
  size: 16,
  variables: new Map(),
};

/** Letters smaller than this, in pixels or points, are not meant to be read. */
const LEAST_SIZE = 2;
/** Text moved this far to the side is off the page. */
const OFF_PAGE = 500;
/** And this far the other way, where no page goes on. */
const BEYOND = 3000;
const STRUCK = new Set(['s', 'del', 'strike']);
/** Elements of which a browser shows no text, or only where it cannot show what they are for. */
const UNSHOWN = new Set(
  'audio canvas datalist iframe mphantom noembed noframes noscript rp template video'.split(' '),
);

/** The look of an element inside another, by what is declared for it. */
export function lookWithin(
  outer: Look,
  name: string,
  attributes: Readonly<Record<string, string>>,
  declarations: Declarations,
): Look {
  const { variables, read } = reader(outer, declarations);
  const isGone =
    outer.isGone ||
    attributes['hidden'] !== undefined ||
    attributes['popover'] !== undefined ||
    UNSHOWN.has(name) ||
    (name === 'dialog' && attributes['open'] === undefined) ||
    isHidden(read);
  const visibility = read('visibility');
  const isVisible =
    visibility === 'visible' || (outer.isVisible && !['hidden', 'collapse'].includes(visibility));
  const decoration = `${read('text-decoration')} ${read('text-decoration-line')}`;
  const isStruck = outer.isStruck || STRUCK.has(name) || /line-through/u.test(decoration);
  const colour = colourWithin(outer, read, name === 'font' ? attributes['color'] : undefined);
  const grounds = groundsWithin(outer, read, attributes['bgcolor']);
  const size = sizeWithin(outer, read);
  const isLostHere = colour === null || grounds.some((ground) => isLost(colour, ground));
  const isUnseen = isGone || !isVisible || size < LEAST_SIZE || isLostHere;
  return {
    appearance: isUnseen ? 'hidden' : isStruck ? 'struck' : 'shown',
    isGone,
    isVisible,
    isStruck,
    colour,
    grounds,
    size,
    variables,
  };
}

/** Reads a property's value in lower case, variables filled in; empty where nothing is declared. */
type Read = (property: string) => string;

function reader(
  outer: Look,
  declarations: Declarations,
): { readonly variables: ReadonlyMap<string, string>; readonly read: Read } {
  const own = [...declarations].filter(([property]) => property.startsWith('--'));
  const variables =
    own.length === 0
      ? outer.variables
      : new Map([
          ...outer.variables,
          ...own.map(([property, { value }]): [string, string] => [property, value]),
        ]);
  const read = (property: string): string =>
    filledIn(declarations.get(property)?.value ?? '', variables)
      .toLowerCase()
      .trim();
  return { variables, read };
}

const VARIABLE = /var\(\s*(?<name>--[\w-]+)\s*(?:,(?<otherwise>[^()]*(?:\([^()]*\)[^()]*)*))?\)/gu;
/** Variables that are made of others, so many times. */
const DEEPEST = 8;
const LONGEST = 2000;

function filledIn(value: string, variables: ReadonlyMap<string, string>): string {
  let text = value.slice(0, LONGEST);
  for (let round = 0; round < DEEPEST && text.includes('var('); round += 1) {
    text = text
      .replaceAll(VARIABLE, (_, name: string, otherwise: string | undefined) =>
        (variables.get(name) ?? otherwise ?? '').trim(),
      )
      .slice(0, LONGEST);
  }
  return text;
}

const PLACES =
  `text-indent left right top bottom margin-left margin-right margin-top margin-bottom inset inset-inline inset-block
   inset-inline-start inset-inline-end inset-block-start inset-block-end margin margin-inline-start margin-block-start translate`
    .trim()
    .split(/\s+/u);
const MEASURES =
  'height width max-height max-width block-size inline-size max-block-size max-inline-size'.split(
    ' ',
  );

function isHidden(read: Read): boolean {
  const number = (name: string): number => Number.parseFloat(read(name));
  const opacity = read('opacity').endsWith('%') ? number('opacity') / 100 : number('opacity');
  const filtered = /opacity\(\s*(?<share>[\d.]+)(?<sign>%?)\s*\)/u.exec(read('filter'))?.groups;
  const isNarrow =
    MEASURES.some((name) => number(name) < LEAST_SIZE) || number('line-height') < 0.1;
  return (
    read('display') === 'none' ||
    read('content-visibility') === 'hidden' ||
    opacity < 0.1 ||
    (filtered !== undefined &&
      Number(filtered['share']) / (filtered['sign'] === '%' ? 100 : 1) < 0.1) ||
    PLACES.some((name) => read(name).split(/\s+/u).some(isFarOff)) ||
    isAway(read('transform')) ||
    isTiny(read('scale')) ||
    isTiny(read('zoom')) ||
    isTurned(read('rotate')) ||
    isLettersInOneAnother(read('letter-spacing')) ||
    isCutAway(read) ||
    (['overflow', 'overflow-x', 'overflow-y'].some((name) =>
      /^(?:hidden|clip)$/u.test(read(name)),
    ) &&
      isNarrow)
  );
}

function isFarOff(length: string): boolean {
  const value = Number.parseFloat(length);
  const perUnit = /r?em$|ch$/u.test(length) ? 16 : /v[wh]$|%$/u.test(length) ? 10 : 1;
  return value < 0 ? -value * perUnit > OFF_PAGE : value * perUnit > BEYOND;
}

/** So small that nothing is left to read: "0", "0.01", "1 0", "1%". */
function isTiny(share: string): boolean {
  return share
    .split(/\s+/u)
    .some((part) => Number.parseFloat(part) / (part.endsWith('%') ? 100 : 1) < 0.15);
}

/** Turned about an axis of the page, on which letters are seen from their edge. */
function isTurned(rotation: string): boolean {
  return /(?:^|\s)[xy](?:\s|$)|^[\d.]+\s+[\d.]+\s/u.test(rotation);
}

function isLettersInOneAnother(spacing: string): boolean {
  const value = Number.parseFloat(spacing);
  return value < 0 && -value * (/r?em$/u.test(spacing) ? 16 : 1) > 4;
}

/** A part of the element is cut out of it, or laid over it, that may hold none of its letters. */
function isCutAway(read: Read): boolean {
  return (
    read('clip').startsWith('rect(') ||
    /^(?:inset\(\s*(?:[5-9]\d|100)|(?:circle|ellipse)\(\s*0|(?:polygon|path|url|xywh|rect|shape)\()/u.test(
      read('clip-path'),
    ) ||
    ['mask', 'mask-image', '-webkit-mask', '-webkit-mask-image'].some(
      (name) => !['', 'none', 'initial', 'unset'].includes(read(name)),
    )
  );
}

function isAway(transform: string): boolean {
  const moved = /translate(?:x|y|3d)?\((?<first>[^,)]*)(?:,(?<second>[^,)]*))?/u.exec(transform);
  const places = [moved?.groups?.['first'] ?? '', moved?.groups?.['second'] ?? ''];
  return (
    /scale(?:x|y|3d)?\(\s*(?:0?\.0\d*|0(?:\.[01]\d*)?)\s*[,)]|rotate(?:x|y|3d)\(|matrix|skew|perspective\(/u.test(
      transform,
    ) || places.some((place) => isFarOff(place.trim()))
  );
}

function colourWithin(outer: Look, read: Read, attribute: string | undefined): Colour | null {
  const fill = read('-webkit-text-fill-color');
  const written = fill === '' ? read('color') : fill;
  if (written === '') return attribute === undefined ? outer.colour : colourOf(attribute);
  if (['inherit', 'currentcolor', 'unset', 'revert'].includes(written)) return outer.colour;
  if (['initial', 'canvastext', 'windowtext', 'linktext', 'auto'].includes(written)) return BLACK;
  return colourOf(written);
}

const COLOUR_IN = /(?:rgb|hsl)a?\([^()]*\)|#[\da-f]{3,8}(?![\w-])|[a-z]{3,22}(?![\w(-])/gu;
/** Words of `background` that are no colours are none of these to the library either, but these name both. */
const MOST_COLOURS = 8;

function groundsWithin(outer: Look, read: Read, attribute: string | undefined): readonly Colour[] {
  const written = read('background-color') || read('background') || (attribute ?? '');
  if (written === '' || ['none', 'inherit', 'initial', 'unset'].includes(written))
    return outer.grounds;
  const colours = (written.replaceAll(/url\([^()]*\)/gu, '').match(COLOUR_IN) ?? [])
    .slice(0, MOST_COLOURS)
    .flatMap((found): Colour[] => {
      const colour = colourOf(found);
      return colour === null ? [] : [colour];
    });
  // A picture may not be there, and then what is below it shows.
  const below = outer.grounds.slice(0, MOST_COLOURS);
  if (colours.length === 0) return below;
  const [first] = colours;
  if (colours.length === 1 && first !== undefined)
    return below.map((ground) => over(first, ground));
  return colours.flatMap((colour) => below.slice(0, 1).map((ground) => over(colour, ground)));
}

const KEYWORDS: ReadonlyMap<string, number> = new Map([
  ['xx-small', 9],
  ['x-small', 10],
  ['small', 13],
  ['medium', 16],
  ['large', 18],
  ['x-large', 24],
  ['xx-large', 32],
]);

/** Pixels in one of a unit of length, as CSS defines them. */
const PIXELS: ReadonlyMap<string, number> = new Map([
  ['px', 1],
  ['pt', 1],
  ['', 1],
  ['rem', 16],
  ['cm', 37.8],
  ['mm', 3.78],
  ['q', 0.945],
  ['in', 96],
  ['pc', 16],
  ['vw', 12.8],
  ['vh', 7.2],
]);

function sizeWithin(outer: Look, read: Read): number {
  const written =
    read('font-size') ||
    (/(?:^|\s)(?<size>[\d.]+(?:[a-z]+|%)|0)(?=[\s/])/u.exec(read('font'))?.groups?.['size'] ?? '');
  const parts = /^(?<number>[\d.]+)(?<unit>[a-z]*|%)$/u.exec(written)?.groups;
  if (parts === undefined) return KEYWORDS.get(written) ?? outer.size;
  const number = Number.parseFloat(parts['number'] ?? '');
  const unit = parts['unit'] ?? '';
  if (unit === 'em') return number * outer.size;
  if (unit === 'ex' || unit === 'ch') return (number * outer.size) / 2;
  if (unit === '%') return (number / 100) * outer.size;
  return number * (PIXELS.get(unit) ?? 16);
}
