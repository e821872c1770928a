/** `12345` as "12,345". */
export function formatCount(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+(?!\d))/gu, ',');
}

/** `0.97634` as "97.63 %". */
export function formatPercent(fraction: number, decimals = 2): string {
  return `${(fraction * 100).toFixed(decimals)}\u00a0%`;
}

/** A number with at most so many decimals and no trailing zeros. */
export function formatDecimal(value: number, decimals = 4): string {
  const text = value.toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}

/** "1 word", "2 words". */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
