import { type Pixels, shrink } from './pixels.ts';

/** What a picture is like, without saying what it shows. */
export interface PictureLook {
  /** `noise` differs everywhere from its surroundings, `flat` nowhere; a plot is lines on a ground. */
  readonly pattern: 'noise' | 'flat' | null;
  /** Shades of a small grey copy, to tell whether two pictures are the same. */
  readonly cells: Uint8Array;
}

/** Shades that lie further apart than this (of 255) are an edge. */
const EDGE = 24;
/** Noise has an edge between most pixels this far apart in some one of these; plots, digits and matrices in few of them. */
const LAGS = [1, 2, 4, 8];
const NOISE_SHARE = 0.5;
/** Fewer edges than this at a distance of four pixels, and nothing is drawn: one line across a picture makes 0.001. */
const FLAT_SHARE = 0.0002;
const FLAT_LAG = 4;
/** About so many pairs of pixels are looked at for each distance, in whole rows. */
const MOST_PAIRS = 200_000;
const CELLS = 128;
/** Two copies of one picture differ by so much in a cell at most, and on average, after another compression or size. */
const MOST_CELL_DIFFERENCE = 16;
const MOST_MEAN_DIFFERENCE = 2;

/** Looks at the pixels of a picture. */
export function lookOf(pixels: Pixels): PictureLook {
  const grey = greyOf(pixels);
  const edges = (lag: number): readonly [number, number] => [
    edgeShare(grey, pixels, lag, 0),
    edgeShare(grey, pixels, 0, lag),
  ];
  const side = Math.min(pixels.width, pixels.height);
  const isNoise = LAGS.filter((lag) => lag < side / 2).some((lag) =>
    edges(lag).every((share) => share > NOISE_SHARE),
  );
  const isFlat = edges(Math.min(FLAT_LAG, Math.max(1, Math.floor(side / 4)))).every(
    (share) => share < FLAT_SHARE,
  );
  const small = shrink(pixels, Math.min(CELLS, pixels.width), Math.min(CELLS, pixels.height));
  return { pattern: isNoise ? 'noise' : isFlat ? 'flat' : null, cells: greyOf(small) };
}

/** Whether two pictures are the same to the eye, whatever their files say. */
export function looksSame(a: PictureLook, b: PictureLook): boolean {
  if (a.cells.length !== b.cells.length) return false;
  let sum = 0;
  for (const [index, shade] of a.cells.entries()) {
    const difference = Math.abs(shade - (b.cells[index] ?? 0));
    if (difference > MOST_CELL_DIFFERENCE) return false;
    sum += difference;
  }
  return sum <= MOST_MEAN_DIFFERENCE * a.cells.length;
}

/** Rec. 601 luma, rounded. */
function greyOf({ width, height, rgb }: Pixels): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const [red, green, blue] = [rgb[at * 3] ?? 0, rgb[at * 3 + 1] ?? 0, rgb[at * 3 + 2] ?? 0];
    grey[at] = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
  }
  return grey;
}

/** The share of pixels with an edge between them and the one `right` and `down` of them. */
function edgeShare(
  grey: Uint8Array,
  { width, height }: Pixels,
  right: number,
  down: number,
): number {
  const [columns, rows] = [width - right, height - down];
  if (columns <= 0 || rows <= 0) return 0;
  const step = Math.max(1, Math.floor((columns * rows) / MOST_PAIRS));
  let pairs = 0;
  let edges = 0;
  for (let y = 0; y < rows; y += step) {
    for (let x = 0; x < columns; x += 1) {
      const at = y * width + x;
      const difference = Math.abs((grey[at] ?? 0) - (grey[at + down * width + right] ?? 0));
      if (difference > EDGE) edges += 1;
      pairs += 1;
    }
  }
  return edges / pairs;
}
