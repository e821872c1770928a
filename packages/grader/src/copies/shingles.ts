import { asItLooks } from './look-alikes.ts';

/** Words of a shingle: shorter ones are shared by chance, longer ones are broken by one changed word. */
export const SHINGLE = 5;
/** In Chinese and Japanese, which write no spaces, each character counts as a word. */
const WORD =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])\p{L})+|\p{N}+/gu;

/**
 * Sequences of five words, as numbers that stand for them; whatever their case, punctuation, markup, accents, invisible
 * characters and look-alikes of other scripts. Numbers stand for themselves.
 */
export function shinglesOf(text: string): Set<number> {
  const words = asItLooks(text).match(WORD) ?? [];
  const shingles = new Set<number>();
  for (let at = 0; at + SHINGLE <= words.length; at += 1) {
    shingles.add(hash(words.slice(at, at + SHINGLE).join(' ')));
  }
  return shingles;
}

/** 53 bits of a text: two rounds in the manner of MurmurHash3. A million sequences collide with a probability of 1 in 18,000. */
function hash(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}
