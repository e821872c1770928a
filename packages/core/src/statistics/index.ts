/** Spreads, bounds and intervals of what repeated trials gave. */
export { boundOrigin } from './bound-origin.ts';
export { normalQuantile } from './normal-quantile.ts';
export { fallsIntoGroups, orderStatisticBound } from './order-statistic.ts';
export { predictionProbability } from './prediction.ts';
export { proportionInterval } from './proportion.ts';
export { mean, quantile, type Spread, standardDeviation } from './spread.ts';
export { FEWEST_JUDGED, findStuckRuns, stuckGap } from './stuck-runs.ts';
export { toleranceBound } from './tolerance.ts';
export { type ToleranceBound, ToleranceBoundSchema } from './tolerance-bound.ts';
