/** A number as it is written in a text. */
export interface Numeral {
  /** Where it stands in the text, the percent sign included. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly value: number;
  /** One unit in the last place that was written: 0.01 for "0.92", 1 for "98". */
  readonly step: number;
  /** A decimal mark or an exponent was written. */
  readonly fractional: boolean;
  readonly percent: boolean;
  /** Written as a power of ten without decimals: "1e-4", "0e9". */
  readonly power: boolean;
}

/**
 * Digits with marks between them. Spaces never group digits here: in tables they separate columns.
 * A letter, digit, underscore or mark directly before means that it is part of something else ("conv2d", "x1"); in Chinese
 * and Japanese, words and numbers touch. "0.08,0.97" are two numbers, and so are "0.88..0.97".
 */
const NUMBER =
  /(?:(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}_.,])|(?<=\.\d{1,20},)|(?<=\d\.{2,3}))(?<digits>\d+\.\d+(?=,\s?\d*\.\d)|\d+(?:[.,]\d+)*|[.,]\d+)(?<exponent>[eE][-+]?\d{1,2}(?![\p{L}\d])|\s?(?:[·⋅×x*]|\\cdot|\\times)\s?10\s?(?:(?:\^|\*\*)\s?[({]?[-−+]?\d{1,2}(?!\d)[)}]?|[⁻⁺]?[⁰¹²³⁴-⁹]{1,2}))?(?<percent>[\s\u00a0\u202f]{0,3}(?:\\?%|(?:percent|per\s?cent|pct|prozent|procent|pour\s?cent|por\s?ciento|por\s?cento|per\s?cento)\b))?/giu;

/** "97.x %", "0.97xx": digits that were left open. */
const LEFT_OPEN = /^\.?x{1,4}(?![\p{L}\p{N}(])/iu;

/** "9912/10000 (99%)": so many of so many. In square brackets it counts what was gone through. */
const SHARE =
  /(?<![\d.,[/])(?<right>\d{1,9}) ?\/ ?(?<all>\d{1,9}) ?\(\s?(?<percent>\d{1,3}(?:[.,]\d{1,10})?) ?%\)/gu;

/** Finds the numbers of a text, with decimal points or decimal commas. */
export function findNumerals(text: string): Numeral[] {
  const shares = findShares(text);
  const numerals: Numeral[] = [...shares];
  for (const match of text.matchAll(NUMBER)) {
    const at = match.index;
    if (shares.some(({ start, end }) => at >= start && at < end)) continue;
    if (LEFT_OPEN.test(text.slice(at + match[0].length, at + match[0].length + 6))) continue;
    const { digits = '', exponent = '', percent } = match.groups ?? {};
    const plain = decimalForm(digits, exponent !== '');
    if (plain === null) continue;
    const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
    const power = powerOf(exponent);
    numerals.push({
      start: match.index,
      end: match.index + match[0].length,
      text: match[0],
      value: Number(`${plain}e${power}`),
      step: Number(`1e${power - decimals}`),
      fractional: plain.includes('.') || exponent !== '',
      // Chinese says the sign before the number.
      percent: percent !== undefined || text.slice(0, match.index).endsWith('百分之'),
      power: exponent !== '' && !plain.includes('.'),
    });
  }
  return shares.length === 0 ? numerals : numerals.toSorted((a, b) => a.start - b.start);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The power of ten in "e-2", "·10^{-2}" or "× 10⁻²". */
function powerOf(exponent: string): number {
  if (exponent === '') return 0;
  const plain = exponent
    .replace(/^\s?(?:[·⋅×x*]|\\cdot|\\times)\s?10/u, '')
    .replaceAll(/[⁰¹²³⁴-⁹]/gu, (digit) => String(RAISED.indexOf(digit)))
    .replaceAll(/[⁻−]/gu, '-');
  return Number(/-?\d+/u.exec(plain)?.[0] ?? 0);
}

/** Counts as the fractions that they are, where the per cent behind them agrees: they say more than it. */
function findShares(text: string): Numeral[] {
  if (!text.includes('%)')) return [];
  return [...text.matchAll(SHARE)].flatMap((match): Numeral[] => {
    const { right = '', all = '', percent = '' } = match.groups ?? {};
    const value = Number((Number(right) / Number(all)).toPrecision(15));
    if (!(value <= 1) || Math.abs(value * 100 - Number(percent.replace(',', '.'))) > 1) return [];
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        text: match[0],
        value,
        step: 1 / Number(all),
        fractional: true,
        percent: false,
        power: false,
      },
    ];
  });
}

/**
 * The digits with `.` as the decimal mark and without grouping. One comma before exactly three digits
 * groups thousands ("10,000") unless only a zero stands before it ("0,923") or a power of ten behind it ("9,763·10⁻¹"). `null`
 * for what is no number ("2.15.0").
 */
function decimalForm(digits: string, hasExponent: boolean): string | null {
  const marks = digits.replaceAll(/\d/gu, '');
  const last = marks.at(-1);
  if (last === undefined) return digits;
  const groups = digits.split(/[.,]/u);
  const [whole = '', ...rest] = groups;
  const grouped = (parts: readonly string[]): boolean =>
    whole.length <= 3 && /^[1-9]/u.test(whole) && parts.every((part) => part.length === 3);
  if (marks.length === 1) {
    if (last === ',' && grouped(rest) && !hasExponent) return whole + (rest[0] ?? '');
    return `${whole === '' ? '0' : whole}.${rest[0] ?? ''}`;
  }
  const separator = marks[0];
  const body = rest.slice(0, -1);
  const tail = rest.at(-1) ?? '';
  if ([...marks].every((mark) => mark === separator)) {
    return grouped(rest) ? groups.join('') : null;
  }
  const uniform = marks.slice(0, -1).replaceAll(separator ?? '', '') === '';
  return uniform && grouped(body) ? `${whole}${body.join('')}.${tail}` : null;
}
