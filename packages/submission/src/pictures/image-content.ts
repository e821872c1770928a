/** What looking at a picture's pixels told. */
export interface ImageContent {
  readonly width: number;
  readonly height: number;
  /** All pixels are (nearly) the same: there is nothing to see. */
  readonly blank: boolean;
}

/** More pixels than any plot has; a bound on memory. */
export const MOST_PIXELS = 24_000_000;
/** Longer than any plot or screenshot: the work of a decoder goes by rows, too. */
export const MOST_SIDE = 30_000;

/** Two shades that lie at most so far apart (of 255) cannot be told apart by eye. */
const VISIBLE_DIFFERENCE = 8;

/** Whether all pixels look the same; red, green and blue of each, from 0 to 255. */
export function looksBlank(rgb: Uint8Array): boolean {
  const low = [255, 255, 255];
  const high = [0, 0, 0];
  for (let at = 0; at < rgb.length; at += 1) {
    const shade = rgb[at] ?? 0;
    const colour = at % 3;
    if (shade < (low[colour] ?? 0)) low[colour] = shade;
    if (shade > (high[colour] ?? 0)) high[colour] = shade;
  }
  return low.every((shade, colour) => (high[colour] ?? 0) - shade <= VISIBLE_DIFFERENCE);
}
