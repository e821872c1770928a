/** What the floats of a random array look like. */
export const FLAVOURS = ['plain', 'finite', 'special', 'bits', 'sparse', 'rough', 'wild'] as const;
export type Flavour = (typeof FLAVOURS)[number];

const FINITE = [0, 0, 0, -0, 1, -1, 2 ** -149, -(2 ** -149), 2 ** -127, 2 ** -126, 1e-30, -1e-20];
const SPECIAL = [
  ...FINITE,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  88.72283,
  -103.97,
  1e30,
  Infinity,
  -Infinity,
  Number.NaN,
];

/** Marsaglia's 32-bit xorshift, started away from 0. */
function words(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** The `others`, and how many in 256 floats they replace. */
const MIXTURES: Readonly<
  Record<Exclude<Flavour, 'bits'>, { readonly share: number; readonly others: readonly number[] }>
> = {
  plain: { share: 0, others: FINITE },
  finite: { share: 128, others: FINITE },
  special: { share: 128, others: SPECIAL },
  sparse: { share: 220, others: [0, 0, 0, -0] },
  rough: { share: 220, others: [...Array.from({ length: 300 }, () => -0), Infinity, Number.NaN] },
  wild: { share: 1, others: [Infinity, -Infinity, Number.NaN] },
};

/**
 * Floats in [−1, 1) alone, half of them replaced by zeros and denormals (`finite`) or by huge values, infinities and
 * NaN as well (`special`), most of them by zeros (`sparse`; `rough` with a few
 * infinities and NaN), only a few by infinities and NaN (`wild`), or any bits at all.
 */
export function randomFloats(length: number, flavour: Flavour, seed: number): Float32Array {
  const next = words(seed);
  if (flavour === 'bits') {
    return new Float32Array(Uint32Array.from({ length }, next).buffer);
  }
  const { share, others } = MIXTURES[flavour];
  const floats = new Float32Array(length);
  for (let index = 0; index < length; index += 1) {
    const draw = next();
    const replace = draw % 256 < share;
    floats[index] = replace ? others[(draw >>> 8) % others.length]! : (draw >>> 8) * 2 ** -23 - 1;
  }
  return floats;
}

/** The flavour itself if it has neither infinities nor NaN, otherwise one that comes near it. */
export function finiteLike(flavour: Flavour): Flavour {
  return flavour === 'plain' || flavour === 'sparse' ? flavour : 'finite';
}

export function randomIntegers(
  length: number,
  [low, high]: readonly [number, number],
  seed: number,
): Int32Array {
  const next = words(seed);
  return Int32Array.from({ length }, () => low + (next() % (high - low)));
}

export function randomBytes(length: number, seed: number): Uint8Array {
  const next = words(seed);
  return Uint8Array.from({ length }, () => next() >>> 24);
}
