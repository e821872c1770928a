import type { OperatingPoint } from '@labproof/core/statistics';

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

/** A share in percent, with more decimals where it is nearly all or nearly nothing. */
export function shareText(share: number): string {
  const percent = share * 100;
  const distance = Math.min(percent, 100 - percent);
  // Nothing is certain: what rounds to all or nothing is said as such without decimals.
  const decimals = distance < 0.005 || distance >= 9.95 ? 0 : distance >= 0.095 ? 1 : 2;
  return `${percent.toFixed(decimals)} %`;
}
