/** How far two readers agree on one item beyond chance. */
export interface Agreement {
  /** Answers that both have marked. */
  readonly n: number;
  /** The share on which they agree. */
  readonly observed: number;
  /** Cohen's kappa; `null` where both always said the same one thing, of which chance would have been sure. */
  readonly kappa: number | null;
  /** 95 % interval of kappa; `null` without a kappa. */
  readonly interval: readonly [number, number] | null;
}

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Cohen's kappa (Cohen, "A coefficient of agreement for nominal scales", 1960) of pairs of decisions, with the interval of
 * the large-sample standard error for kappa other than 0 (Fleiss, Cohen and Everitt, "Large sample standard errors of
 * kappa and weighted kappa", 1969), cut at −1 and 1. `null` without a pair.
 */
export function cohensKappa(pairs: readonly (readonly [string, string])[]): Agreement | null {
  const n = pairs.length;
  if (n === 0) return null;
  const categories = [...new Set(pairs.flat())].toSorted();
  const share = (test: (pair: readonly [string, string]) => boolean): number =>
    pairs.filter(test).length / n;
  const first = new Map(categories.map((name) => [name, share(([a]) => a === name)]));
  const second = new Map(categories.map((name) => [name, share(([, b]) => b === name)]));
  const at = (table: ReadonlyMap<string, number>, name: string): number => table.get(name) ?? 0;
  const observed = share(([a, b]) => a === b);
  const expected = categories.reduce((sum, name) => sum + at(first, name) * at(second, name), 0);
  if (expected >= 1) return { n, observed, kappa: null, interval: null };
  const kappa = (observed - expected) / (1 - expected);
  let variance = -((observed * expected - 2 * expected + observed) ** 2);
  for (const one of categories) {
    for (const other of categories) {
      const both = share(([a, b]) => a === one && b === other);
      variance +=
        one === other
          ? both * (1 - expected - (at(first, one) + at(second, one)) * (1 - observed)) ** 2
          : both * (1 - observed) ** 2 * (at(second, one) + at(first, other)) ** 2;
    }
  }
  const error = Math.sqrt(Math.max(0, variance) / n) / (1 - expected) ** 2;
  return {
    n,
    observed,
    kappa,
    interval: [Math.max(-1, kappa - Z * error), Math.min(1, kappa + Z * error)],
  };
}
