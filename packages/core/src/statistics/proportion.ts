/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959964;

/**
 * Wilson's two-sided 95 % interval of a proportion (E. B. Wilson, Journal of the American Statistical Association 22,
 * 1927): it keeps its coverage with few trials, and with none or all of them a hit. Throws a `RangeError` without
 * trials.
 */
export function proportionInterval(hits: number, n: number): [low: number, high: number] {
  if (!(n >= 1 && hits >= 0 && hits <= n)) throw new RangeError(`${hits} hits in ${n} trials`);
  const share = hits / n;
  const centre = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half =
    (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === n ? 1 : Math.min(1, centre + half)];
}
