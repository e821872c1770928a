/** A small linear congruential generator (Numerical Recipes constants): the synthetic data is the same everywhere. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** A made-up digest: 64 hexadecimal digits. */
export function digestFrom(seed: number): string {
  const next = numbersFrom(seed * 7919 + 17);
  return Array.from({ length: 64 }, () => Math.floor(next() * 16).toString(16)).join('');
}
