import type { Claim } from '@labproof/submission';

/**
 * What the same weights may give elsewhere: another framework sums in another order, and Keras's progress bar shows
 * running means. One image in 2,000 for the accuracy, 1 % (at least 0.005) for the loss.
 */
export const ACCURACY_SLACK = 0.0005;
export const LOSS_SLACK = 0.005;
const LOSS_SLACK_SHARE = 0.01;

/** How far a claim may lie from the measured value: what was written stands for a whole interval of values. */
export function agreement(claim: Claim, actual: number): { agrees: boolean; tolerance: number } {
  const slack =
    claim.metric === 'accuracy'
      ? ACCURACY_SLACK
      : Math.max(LOSS_SLACK, LOSS_SLACK_SHARE * Math.abs(actual));
  const below = claim.spread + slack + (claim.approximate ? claim.step : claim.step / 2);
  // Digits that were cut off instead of rounded leave the true value up to a whole step above.
  const above = claim.spread + slack + claim.step;
  const difference = actual - claim.value;
  // Far below every slack: keeps float64 rounding from deciding a case that lies exactly on the edge.
  const edge = 1e-12;
  return {
    agrees: difference <= above + edge && -difference <= below + edge,
    tolerance: difference > 0 ? above : below,
  };
}
