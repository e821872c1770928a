import { rgb } from 'd3-color';

/** Shades of red, green and blue from 0 to 255, and how much of it covers what lies below, from 0 to 1. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly opacity: number;
}

export const WHITE: Colour = { r: 255, g: 255, b: 255, opacity: 1 };
export const BLACK: Colour = { r: 0, g: 0, b: 0, opacity: 1 };

/**
 * Letters whose red, green and blue all lie this near to what is behind them are not meant to be read: #e0e0e0 on white is
 * one, the palest grey that style sheets use for text (#ccc) is none, nor is yellow, which misses the blue.
 */
const NEAR = 32;
/** Of less than this, nothing is seen. */
export const LEAST_OPACITY = 0.1;

/** Whether letters of one colour can hardly be told from what is behind them. */
export function isLost(letters: Colour, ground: Colour): boolean {
  const seen = over(letters, ground);
  return (
    letters.opacity < LEAST_OPACITY ||
    Math.max(
      Math.abs(seen.r - ground.r),
      Math.abs(seen.g - ground.g),
      Math.abs(seen.b - ground.b),
    ) <= NEAR
  );
}

/** What is seen of one colour laid over another. */
export function over(top: Colour, below: Colour): Colour {
  const mix = (upper: number, lower: number): number =>
    upper * top.opacity + lower * (1 - top.opacity);
  return {
    r: mix(top.r, below.r),
    g: mix(top.g, below.g),
    b: mix(top.b, below.b),
    opacity: 1,
  };
}

const HEX_WITHOUT_SIGN = /^[\da-f]{6}$/u;

/** A colour as CSS and old HTML write it; `null` for what is none, or one in a way that is not known here ("oklch(…)"). */
export function colourOf(written: string): Colour | null {
  const plain = written.trim().toLowerCase();
  const commas = plain.replace(/\((?<list>[^()]*)\)$/u, (_, list: string) => {
    const parts = list
      .replace('/', ' ')
      .split(/[\s,]+/u)
      .filter((part) => part !== '')
      .map((part, index) => (index === 3 && part.endsWith('%') ? share(part) : part));
    return `(${parts.join(', ')})`;
  });
  // The library knows rgba with four numbers and rgb with three.
  const named = commas.replace(
    /^(?<kind>rgb|hsl)a?\((?<list>.*)\)$/u,
    (_, kind: string, list: string) =>
      list.split(',').length === 4 ? `${kind}a(${list})` : `${kind}(${list})`,
  );
  const found = rgb(HEX_WITHOUT_SIGN.test(plain) ? `#${plain}` : named);
  const { r, g, b, opacity } = found;
  if (plain === 'transparent') return { ...WHITE, opacity: 0 };
  return [r, g, b, opacity].some((value) => Number.isNaN(value)) ? null : { r, g, b, opacity };
}

function share(percent: string): string {
  return String(Number.parseFloat(percent) / 100);
}
