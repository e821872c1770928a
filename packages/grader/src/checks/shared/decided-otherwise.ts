/** Share of the test images that another framework's arithmetic may decide otherwise: one in 2,000. */
export const DECIDED_OTHERWISE = 0.0005;

/** So many of `total` test images may be decided otherwise by another framework; at least one. */
export function imagesDecidedOtherwise(total: number): number {
  return Math.max(1, Math.round(DECIDED_OTHERWISE * total));
}
