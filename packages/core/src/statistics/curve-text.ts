import type { OperatingPoint } from './operating-curve.ts';
import { shareText } from './share-text.ts';

/**
 * An operating curve as a sentence's end: "99.7 % (98.7 % to 100 %) of honest runs; of models 1 sd worse …". Kept short
 * for pages: `intervals: 'honest'` gives only that of honest runs.
 */
export function operatingCurveText(
  curve: readonly OperatingPoint[],
  { intervals = 'all' }: { readonly intervals?: 'all' | 'honest' } = {},
): string {
  const [honest, ...worse] = curve;
  if (honest === undefined) return 'nothing is known';
  const said = ({ pass, low, high }: OperatingPoint, interval: boolean): string =>
    `${shareText(pass)}${interval ? ` (${shareText(low)} to ${shareText(high)})` : ''}`;
  const others = worse.map(
    (point) => `${point.shiftSd} sd worse ${said(point, intervals === 'all')}`,
  );
  return `${said(honest, true)} of honest runs; of models ${others.join(', ')}`;
}
