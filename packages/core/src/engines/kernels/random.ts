import type { Pointer } from '../memory.ts';

/** Numbers of the streams of Philox4x32-10 (Salmon et al., SC 2011). */
export interface RandomKernels {
  /**
   * Uniform words of Philox4x32-10 (Salmon et al., SC 2011): word i comes from counter (⌊i/4⌋ + 2³²·0, counterHigh, 0, 0),
   * lane i mod 4, under key (key0, key1). All integers are passed as unsigned 32-bit values.
   */
  philox(out: Pointer, length: number, key0: number, key1: number, counterHigh: number): void;
  /** out = low + u · (high − low) with u = (word >>> 8) · 2⁻²⁴ of the same words; product, then sum, each rounded. */
  uniform(
    out: Pointer,
    length: number,
    key0: number,
    key1: number,
    counterHigh: number,
    low: number,
    high: number,
  ): void;
  /**
   * Inverted dropout: mask[i] = u ≥ rate ? scale : 0 with scale = 1 / (1 − rate) as a rounded float, from the same words.
   */
  dropoutMask(
    mask: Pointer,
    length: number,
    key0: number,
    key1: number,
    counterHigh: number,
    rate: number,
  ): void;
}
