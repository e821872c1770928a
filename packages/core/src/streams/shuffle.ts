import { philoxBlock, type PhiloxBlock } from './philox.ts';
import type { StreamKey } from './streams.ts';

/**
 * A uniformly drawn order of 0 … length − 1 (Fisher–Yates, Durstenfeld's form), from the stream's words with
 * counter (block, draw, 0, 0). `draw` numbers the shuffles of one stream, e.g. the epoch.
 */
export function shuffledIndices(length: number, key: StreamKey, draw: number): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  const words = wordsOf(key, draw);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = uniformBelow(last + 1, words);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** An unbiased integer in [0, bound): words beyond the largest multiple of the bound are drawn again. */
function uniformBelow(bound: number, next: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const word = next();
    if (word < limit) return word % bound;
  }
}

function wordsOf(key: StreamKey, draw: number): () => number {
  let block = 0;
  let lane = 4;
  let words: PhiloxBlock = [0, 0, 0, 0];
  return () => {
    if (lane === 4) {
      words = philoxBlock([block, draw, 0, 0], key[0], key[1]);
      block += 1;
      lane = 0;
    }
    const word = words[lane] ?? 0;
    lane += 1;
    return word;
  };
}
