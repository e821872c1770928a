import type { Claim } from '@labproof/submission';

/** Far below any written digit: keeps float64 rounding from deciding a case that lies exactly on the edge. */
const EDGE = 1e-12;

/**
 * Can two written numbers stand for the same value? Each stands for an interval: its last digit may be rounded or cut
 * off, and a range or an "about" widens it.
 */
export function claimsAgree(a: Claim, b: Claim): boolean {
  const coarse = Math.max(a.step, b.step);
  const both = a.approximate || b.approximate ? reach(a) + reach(b) : a.spread + b.spread + coarse;
  return Math.abs(a.value - b.value) <= both + EDGE;
}

function reach({ spread, step }: Claim): number {
  return spread + step;
}
