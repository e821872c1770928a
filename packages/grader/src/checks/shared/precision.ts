import type { Claim } from '@labproof/submission';

/** Widest stretch of accuracies that one written number may stand for: "98 %" and "about 98 %" do, "0.9" does not. */
const WIDEST_ACCURACY = 0.02;
/** The same for a loss, absolute and as a share of it: "0.08" and "1.2" do, "0.3" and "0.0" do not. */
const WIDEST_LOSS = 0.02;
const WIDEST_LOSS_SHARE = 0.15;
const EDGE = 1e-9;

/**
 * Whether a number is written with so few digits that it says nothing of one model. A written number stands for every
 * value that rounds to it or is cut off to it, one and a half units of its last digit, two with an "about". If that is a wide
 * stretch, most models agree with it: "0.9" with every accuracy from 0.85 to 1.0, where nearly all trained models of an
 * intro lab lie; two models of one recipe differ by about 0.005, so hundredths are the coarsest that still tell recipes apart.
 */
export function isCoarse({ metric, value, step, spread, approximate }: Claim): boolean {
  const width = 2 * spread + (approximate ? 2 : 1.5) * step;
  const widest =
    metric === 'accuracy'
      ? WIDEST_ACCURACY
      : Math.max(WIDEST_LOSS, WIDEST_LOSS_SHARE * Math.abs(value));
  return width > widest + EDGE;
}

/** What to do about it, in words for the student. */
export function moreDigits(metric: Claim['metric']): string {
  return metric === 'accuracy'
    ? 'Write the accuracy to at least two decimals (0.98), better to four (0.9763), as it was printed.'
    : 'Write the loss to at least two decimals, better to four (0.0841), as it was printed.';
}
