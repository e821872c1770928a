import { type Colour, WHITE, colourOf } from '../../../blocks/styles/colour.ts';

/** What a style, a paragraph or a run says of how letters look; `undefined` where it says nothing. */
export interface Looks {
  vanish?: boolean;
  struck?: boolean;
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

/** Notes what one property says. */
export function take(
  looks: Looks,
  name: string,
  attributes: Readonly<Record<string, string>>,
): void {
  const value = attributes['w:val'] ?? '';
  switch (name) {
    case 'w:vanish':
    case 'w:specVanish':
      looks.vanish = isOn(attributes['w:val'] ?? '1');
      break;
    case 'w:strike':
    case 'w:dstrike':
      looks.struck = isOn(attributes['w:val'] ?? '1');
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

/** What is said of the ground behind something. */
export function groundIn(attributes: Readonly<Record<string, string>>): {
  ground?: Colour | null;
} {
  const fill = attributes['w:fill'] ?? 'auto';
  if (fill !== 'auto') return { ground: colourOf(fill) };
  return attributes['w:themeFill'] === undefined ? {} : { ground: null };
}

function colourIn(value: string, theme: string): Colour | null {
  if (value !== '' && value !== 'auto') return colourOf(value);
  return ['background1', 'light1'].includes(theme) ? WHITE : null;
}

/** Whether an attribute that is on or off is on. */
export function isOn(value: string): boolean {
  return ['1', 'true', 'on'].includes(value);
}
