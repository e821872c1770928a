import { escapeXml } from '@labproof/submission';

/** Decimals of every coordinate: finer than a pixel, and coarse enough to hide the last bits of `Math.log`, which differ between machines. */
export const DIGITS = 2;

/** A length in pixels as it stands in an attribute. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text with its anchor at `x` on the base line `y`; `attributes` holds what its group does not say. */
export function text(x: number, y: number, content: string, attributes: string = ''): string {
  const more = attributes === '' ? '' : ` ${attributes}`;
  return `<text x="${px(x)}" y="${px(y)}"${more}>${escapeXml(content)}</text>`;
}

export function circle(x: number, y: number, radius: number): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"/>`;
}

/** A square on its corner; `reach` is the distance from its middle to a corner. */
export function diamond(x: number, y: number, reach: number): string {
  const r = px(reach);
  return `<path d="M${px(x)},${px(y - reach)}l${r},${r}l-${r},${r}l-${r},-${r}Z"/>`;
}

export function rectangle(area: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly attributes?: string;
}): string {
  const { x, y, width, height, attributes } = area;
  const more = attributes === undefined ? '' : ` ${attributes}`;
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${more}/>`;
}

/** Marks that share attributes; nothing where there is none. */
export function group(attributes: string, marks: readonly string[]): string {
  return marks.length === 0 ? '' : `<g ${attributes}>${marks.join('')}</g>`;
}
