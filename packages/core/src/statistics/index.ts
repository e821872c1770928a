/** Spreads, bounds and intervals of what repeated trials gave. */
export { boundOrigin } from './bound-origin.ts';
export { operatingCurveText } from './curve-text.ts';
export { normalQuantile } from './normal-quantile.ts';
export { orderStatisticBound } from './order-statistic.ts';
export type { OperatingPoint } from './operating-curve.ts';
export { DEFAULT_PASSING_RULE, passingRuleText } from './passing-rule.ts';
export { furtherRunProbability, predictionFactor } from './prediction.ts';
export { proportionInterval } from './proportion.ts';
export { enoughRuns } from './run-bounds.ts';
export { mean, quantile, type Spread, standardDeviation } from './spread.ts';
export { shareText } from './share-text.ts';
export { FEWEST_JUDGED, findStuckRuns, runsInGap, stuckGap } from './stuck-runs.ts';
export { modelOfRuns, type RunModel } from './run-model.ts';
export { toleranceBound } from './tolerance.ts';
export { compareSamples } from './two-sample.ts';
export { type ToleranceBound, ToleranceBoundSchema } from './tolerance-bound.ts';
