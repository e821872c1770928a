import { philoxBlock, type PhiloxBlock } from '../streams/philox.ts';
import type { StreamKey } from '../streams/streams.ts';

/** Uniform numbers in [0, 1) from two words of a stream each: 53 bits, every step of them exact in float64. */
export function uniforms(key: StreamKey): () => number {
  let block = 0;
  let lane = 4;
  let words: PhiloxBlock = [0, 0, 0, 0];
  return () => {
    if (lane === 4) {
      words = philoxBlock([block, 0, 0, 0], key[0], key[1]);
      block += 1;
      lane = 0;
    }
    const [high, low] = lane === 0 ? [words[0], words[1]] : [words[2], words[3]];
    lane += 2;
    return ((high >>> 5) * 2 ** 26 + (low >>> 6)) * 2 ** -53;
  };
}
