import {
  formatCount,
  formatFixed,
  formatPercent,
  formatPlural as plural,
} from '@labproof/submission';

export { formatCount, formatFixed, formatPercent };

const NO_BREAK = '\u00a0';

/** Points with as few decimals as they need, at most two. */
export function formatPoints(points: number): string {
  return formatFixed(points, 2).replace(/\.?0+$/, '');
}

/** Seconds, or minutes and seconds from two minutes on. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatFixed(seconds, 0);
  if (seconds < 120) return `${formatFixed(seconds, seconds < 10 ? 2 : 1)}${NO_BREAK}s`;
  const whole = Math.round(seconds);
  return `${formatCount(Math.floor(whole / 60))}${NO_BREAK}min ${whole % 60}${NO_BREAK}s`;
}

/** `1 question`, `2 questions`, never parted at the end of a line. */
export function formatPlural(count: number, one: string, many?: string): string {
  return plural(count, one, many).replace(' ', NO_BREAK);
}

/** The units in which evidence is measured. */
export type Unit = 'accuracy' | 'loss' | 'count' | 'seconds' | 'parameters' | 'words';

/** A measured value with its unit; `decimals` overrules the unit's own precision for accuracies and losses. */
export function formatValue(value: number, unit: Unit, decimals?: number): string {
  switch (unit) {
    case 'accuracy':
      return formatPercent(value, decimals ?? 2);
    case 'loss':
      return formatFixed(value, decimals ?? 4);
    case 'seconds':
      return formatSeconds(value);
    case 'parameters':
      return `${formatCount(value)}${NO_BREAK}parameters`;
    case 'words':
      return formatPlural(value, 'word');
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : formatFixed(value, 2);
  }
}

/** The fewest decimals (from the unit's own) that keep two different values apart in print, so that no line reads `97.42 % < 97.42 %`. */
export function decimalsThatSeparate(one: number, other: number, unit: Unit): number {
  const least = unit === 'loss' ? 4 : 2;
  // 0.9755 and 97.55 / 100 are one number to people, though not to float64.
  if (Math.abs(one - other) < 1e-9) return least;
  for (let decimals = least; decimals < least + 4; decimals++) {
    if (formatValue(one, unit, decimals) !== formatValue(other, unit, decimals)) {
      return decimals;
    }
  }
  return least + 4;
}
