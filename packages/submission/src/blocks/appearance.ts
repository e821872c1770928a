/** How text looks on a page: to be read, crossed out, or not to be seen. */
export type Appearance = 'shown' | 'struck' | 'hidden';

const STRUCK = new Set(['s', 'del', 'strike']);
/** White names of CSS; on the white of a page nobody sees them. */
const WHITE_NAMES = new Set([
  'white',
  'snow',
  'ivory',
  'ghostwhite',
  'floralwhite',
  'mintcream',
  'azure',
  'transparent',
]);
/** Shades from here on (of 255) are as good as white. */
const WHITISH = 240;
/** Letters smaller than this, in pixels or points, are not meant to be read. */
const LEAST_SIZE = 2;
/** Text moved this far to the side is off the page. */
const OFF_PAGE = 500;

/**
 * How an element makes the text in it look, by its name, attributes and own style. Style sheets are not looked at: pages of
 * notebooks use them for what they are for.
 */
export function appearanceOf(
  name: string,
  attributes: Readonly<Record<string, string>>,
): Appearance {
  const style = declarations(attributes['style'] ?? '');
  if (attributes['hidden'] !== undefined || isHidden(style)) return 'hidden';
  const colour = style.get('color') ?? (name === 'font' ? attributes['color'] : undefined);
  const ground = style.get('background-color') ?? style.get('background') ?? 'white';
  if (colour !== undefined && isWhite(colour) && isWhite(ground)) return 'hidden';
  if (STRUCK.has(name) || /line-through/u.test(style.get('text-decoration') ?? '')) return 'struck';
  return /line-through/u.test(style.get('text-decoration-line') ?? '') ? 'struck' : 'shown';
}

/** Of two appearances, one inside the other: the one that takes more away. */
export function within(outer: Appearance, inner: Appearance): Appearance {
  if (outer === 'hidden' || inner === 'hidden') return 'hidden';
  return outer === 'struck' || inner === 'struck' ? 'struck' : 'shown';
}

function isHidden(style: ReadonlyMap<string, string>): boolean {
  const number = (name: string): number => Number.parseFloat(style.get(name) ?? 'x');
  return (
    style.get('display') === 'none' ||
    ['hidden', 'collapse'].includes(style.get('visibility') ?? '') ||
    number('opacity') < 0.1 ||
    (/^[\d.]+(?:px|pt|)$/u.test(style.get('font-size') ?? '') &&
      number('font-size') < LEAST_SIZE) ||
    (/^[\d.]+(?:r?em|%)$/u.test(style.get('font-size') ?? '') &&
      number('font-size') < (style.get('font-size')?.endsWith('%') === true ? 10 : 0.1)) ||
    ['text-indent', 'left', 'right', 'top', 'margin-left', 'margin-top'].some(
      (name) => Math.abs(number(name)) > OFF_PAGE && number(name) < 0,
    ) ||
    /^rect\(\s*0|^inset\(\s*(?:50|100)%/u.test(style.get('clip') ?? style.get('clip-path') ?? '') ||
    (style.get('overflow') === 'hidden' &&
      (number('height') < LEAST_SIZE || number('width') < LEAST_SIZE))
  );
}

function declarations(style: string): Map<string, string> {
  return new Map(
    style
      .slice(0, 2000)
      .toLowerCase()
      .split(';')
      .map((declaration): [string, string] => {
        const colon = declaration.indexOf(':');
        const value = declaration.slice(colon + 1).replace('!important', '');
        return [declaration.slice(0, Math.max(0, colon)).trim(), value.trim()];
      }),
  );
}

function isWhite(colour: string): boolean {
  const plain = colour.trim().toLowerCase();
  if (WHITE_NAMES.has(plain)) return true;
  const hex = /^#?(?<digits>[\da-f]{3,8})$/u.exec(plain)?.groups?.['digits'];
  if (hex !== undefined) return isWhiteHex(hex);
  const [kind = '', list = ''] = plain.split(/[()]/u);
  const numbers = (list.match(/[\d.]+/gu) ?? []).map(Number);
  const alpha = numbers[3];
  if (alpha !== undefined && alpha < 0.1) return true;
  if (kind.startsWith('hsl')) return (numbers[2] ?? 0) >= 95;
  return (
    kind.startsWith('rgb') &&
    numbers.length >= 3 &&
    numbers.slice(0, 3).every((shade) => shade >= WHITISH)
  );
}

function isWhiteHex(hex: string): boolean {
  const wide = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const shades = [0, 2, 4, 6].map((at) => Number.parseInt(wide.slice(at, at + 2), 16));
  if (wide.length === 8 && (shades[3] ?? 255) < 26) return true;
  return shades.slice(0, 3).every((shade) => shade >= WHITISH);
}
