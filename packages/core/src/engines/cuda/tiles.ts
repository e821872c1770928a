import type { TileName } from './entries.ts';

/**
 * Outputs of a tile, and the share of a multiprocessor's additions and products that one keeps busy as it was
 * measured on an H100: it ranks the tiles and changes no bit.
 */
const TILES: Readonly<
  Record<TileName, { readonly rows: number; readonly columns: number; readonly busy: number }>
> = {
  large: { rows: 128, columns: 64, busy: 0.7 },
  tall: { rows: 256, columns: 32, busy: 0.66 },
  narrow: { rows: 128, columns: 32, busy: 0.63 },
  medium: { rows: 64, columns: 64, busy: 0.62 },
  slim: { rows: 64, columns: 32, busy: 0.62 },
  little: { rows: 32, columns: 32, busy: 0.32 },
  small: { rows: 16, columns: 16, busy: 0.2 },
};

/** Blocks that cover an output of rows × columns. */
export function blocksOf(tile: TileName, rows: number, columns: number): number {
  return Math.ceil(rows / TILES[tile].rows) * Math.ceil(columns / TILES[tile].columns);
}

/** The tile with which `copies` outputs of rows × columns are done first on so many multiprocessors. */
export function chooseTile(
  candidates: readonly TileName[],
  output: { rows: number; columns: number; copies: number },
  processors: number,
): TileName {
  let best: { tile: TileName; time: number } | undefined;
  for (const tile of candidates) {
    const { rows, columns, busy } = TILES[tile];
    const blocks = blocksOf(tile, output.rows, output.columns) * output.copies;
    const time = (Math.ceil(blocks / processors) * rows * columns) / busy;
    if (best === undefined || time < best.time) best = { tile, time };
  }
  if (best === undefined) throw new RangeError('a product without tiles');
  return best.tile;
}
