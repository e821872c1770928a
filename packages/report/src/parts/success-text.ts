import type { SuccessRate } from '@labproof/core/playground';
import { formatCount, formatPercent, formatPlural } from '../format.ts';

/** `12 of 100 runs got below a test loss of 0.1 within 229 epochs: 12.0 %, with 95 % confidence 7.0 % to 19.8 %.` */
export function successText(trials: {
  readonly target: number;
  readonly epochs: number;
  readonly success: SuccessRate;
}): string {
  const { runs, successes, rate, interval } = trials.success;
  const [low, high] = interval.map((share) => formatPercent(share, 1));
  return `${formatCount(successes)} of ${formatPlural(runs, 'run')} got below a test loss of ${trials.target} within ${formatPlural(trials.epochs, 'epoch')}: ${formatPercent(rate, 1)}, with 95 % confidence ${low} to ${high} (Wilson).`;
}
