import seedrandom from 'seedrandom';

/** Key of a counter-based stream: two unsigned 32-bit words. */
export type StreamKey = readonly [number, number];

/**
 * The key of a named random stream of a trial. Streams are independent of each other and of how many
 * numbers others drew, so trial k is the same whether or not trial k − 1 ran.
 */
export function streamKey(seed: number, name: string): StreamKey {
  const draw = seedrandom(`labproof/${seed}/${name}`);
  return [draw.int32() >>> 0, draw.int32() >>> 0];
}
