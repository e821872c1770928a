/**
 * Every number that people read passes through here, so that nothing depends on a locale: a point before decimals, commas
 * between thousands, a true minus sign, a no-break space before the per cent sign.
 */
const NO_BREAK = '\u00a0';

/** Fixed decimals; `not a number` and `infinite` are said in words. */
export function formatFixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : 'minus infinite';
  const text = value.toFixed(decimals);
  if (!text.startsWith('-')) return text;
  return Number(text) === 0 ? text.slice(1) : `\u2212${text.slice(1)}`;
}

/** `12345` as "12,345". */
export function formatCount(value: number): string {
  return formatFixed(value, 0).replaceAll(/\B(?=(?:\d{3})+(?!\d))/gu, ',');
}

/** `0.97634` as "97.63 %". Two decimals resolve a single image among 10,000. */
export function formatPercent(share: number, decimals = 2): string {
  return Number.isFinite(share)
    ? `${formatFixed(share * 100, decimals)}${NO_BREAK}%`
    : formatFixed(share, 0);
}

/** A number with at most so many decimals and no trailing zeros, as programs read it too: a hyphen for a minus. */
export function formatDecimal(value: number, decimals = 4): string {
  const text = value.toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}

/** "1 word", "2 words", "1.5 points". */
export function formatPlural(count: number, one: string, many: string = `${one}s`): string {
  const written = Number.isInteger(count) ? formatCount(count) : formatDecimal(count);
  return `${written} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c": the items of a list in a sentence. */
export function formatList(items: readonly (string | number)[]): string {
  const last = items.at(-1);
  if (last === undefined || items.length === 1) return String(last ?? '');
  return `${items.slice(0, -1).join(', ')} and ${last}`;
}
