/**
 * A share in percent, with more decimals where it is nearly all or nearly nothing, so that neither is said of what is
 * only close to it.
 */
export function shareText(share: number): string {
  const percent = share * 100;
  const distance = Math.min(percent, 100 - percent);
  const decimals = distance < 0.005 || distance >= 9.95 ? 0 : distance >= 0.095 ? 1 : 2;
  return `${percent.toFixed(decimals)} %`;
}
