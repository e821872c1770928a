/** One decimal mark at most, a point or a comma, and no spaces: whatever else holds several marks is nobody's clear number. */
const NUMBER = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/iu;
/** "1,234" is a thousand and more in one country, and a little more than one in another. */
const GROUPED = /^[+-]?[1-9]\d{0,2},\d{3}$/u;

/**
 * A number as people and spreadsheets write it, with a point or a comma before its decimals; `null` for what is none, and for
 * what could as well be thousands ("1,234", "1.234,5", "1 234"), since a wrong guess would be a thousandfold one. `small` says that
 * no thousands can be meant: then one comma is always the decimal mark.
 */
export function typedNumber(text: string, size: 'small' | 'any' = 'any'): number | null {
  const plain = text.trim();
  if (!NUMBER.test(plain) || (size === 'any' && GROUPED.test(plain))) return null;
  const value = Number(plain.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}
