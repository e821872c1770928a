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

/** Whether all pixels look the same on white paper. `maximum` is the value of full intensity or opacity. */
export function looksBlank(data: ArrayLike<number>, channels: number, maximum: number): boolean {
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  const low = Array.from({ length: colours }, () => maximum);
  const high = Array.from({ length: colours }, () => 0);
  for (let start = 0; start + channels <= data.length; start += channels) {
    const opacity = colours === channels ? 1 : (data[start + colours] ?? 0) / maximum;
    for (let colour = 0; colour < colours; colour += 1) {
      const shade = (data[start + colour] ?? 0) * opacity + maximum * (1 - opacity);
      if (shade < (low[colour] ?? 0)) low[colour] = shade;
      if (shade > (high[colour] ?? 0)) high[colour] = shade;
    }
  }
  return low.every(
    (value, colour) => ((high[colour] ?? 0) - value) * 255 <= VISIBLE_DIFFERENCE * maximum,
  );
}
