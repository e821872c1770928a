import type { Metric } from './claim.ts';
import type { Numeral } from './numeral.ts';

/** A numeral read as a value of a metric, with the step of its last digit on the same scale. */
export interface MetricValue {
  readonly value: number;
  readonly step: number;
}

/** Below this, a whole number without a percent sign is an epoch, a count or a list mark rather than a percentage. */
const LEAST_BARE_PERCENTAGE = 20;

/** Reads a numeral as an accuracy or a loss; `null` when it can hardly be one. */
export function metricValue(numeral: Numeral, metric: Metric): MetricValue | null {
  return metric === 'accuracy' ? accuracyValue(numeral) : lossValue(numeral);
}

/** Accepts 0.9763, 97.63 %, 97.63 without a sign, and a fraction that is followed by a percent sign. */
function accuracyValue(numeral: Numeral): MetricValue | null {
  const { value, step, fractional, percent } = numeral;
  const asFraction = { value, step };
  const asPercentage = { value: hundredth(value), step: hundredth(step) };
  if (value > 100) return null;
  if (percent) return value < 1 && fractional ? asFraction : asPercentage;
  if (value <= 1) return fractional ? asFraction : null;
  return fractional || value >= LEAST_BARE_PERCENTAGE ? asPercentage : null;
}

/**
 * A loss has a decimal mark. With a percent sign, one below 1 is taken as it stands ("0.0841 %" is a stray sign), others
 * as hundredths.
 */
function lossValue(numeral: Numeral): MetricValue | null {
  const { value, step, fractional, percent } = numeral;
  if (!fractional || value > 1000) return null;
  return percent && value >= 1
    ? { value: hundredth(value), step: hundredth(step) }
    : { value, step };
}

/** A hundredth, without the last bit that division adds to a short decimal number: 90.65 % is 0.9065. */
function hundredth(value: number): number {
  return Number((value / 100).toPrecision(15));
}
