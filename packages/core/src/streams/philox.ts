const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + Math.floor((middle + aLow * bHigh) / 0x10000);
}

/** Four unsigned 32-bit words. */
export type PhiloxBlock = readonly [number, number, number, number];

/**
 * One block of Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). The key is two unsigned 32-bit integers.
 */
export function philoxBlock(counter: PhiloxBlock, key0: number, key1: number): PhiloxBlock {
  let [c0, c1, c2, c3] = counter;
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0 >>> 0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2 >>> 0);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/**
 * The first `length` words of the stream (key0, key1, counterHigh), the same that `Kernels.philox` writes:
 * word i is lane i mod 4 of the block at counter (⌊i/4⌋, counterHigh, 0, 0).
 */
export function philoxWords(
  length: number,
  key0: number,
  key1: number,
  counterHigh: number,
): Uint32Array {
  const words = new Uint32Array(length);
  for (let start = 0; start < length; start += 4) {
    const block = philoxBlock([start / 4, counterHigh, 0, 0], key0, key1);
    words.set(block.slice(0, Math.min(4, length - start)), start);
  }
  return words;
}
