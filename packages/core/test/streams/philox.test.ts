import { expect, test } from 'vitest';
import { philoxBlock, philoxWords } from '../../src/streams/philox.ts';

/** Known answers of the authors' Random123 library (kat_vectors, philox4x32 10). */
const KNOWN: readonly { counter: number[]; key: number[]; words: number[] }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

test.each(KNOWN)('Philox4x32-10 of $counter under $key', ({ counter, key, words }) => {
  const [c0, c1, c2, c3] = counter as [number, number, number, number];
  const [k0, k1] = key as [number, number];
  expect([...philoxBlock([c0, c1, c2, c3], k0, k1)]).toEqual(words);
});

test('a stream is its blocks one after the other, cut to the length', () => {
  const words = [...philoxWords(6, 7, 9, 3)];
  expect(words).toEqual([
    ...philoxBlock([0, 3, 0, 0], 7, 9),
    ...philoxBlock([1, 3, 0, 0], 7, 9).slice(0, 2),
  ]);
});
