import { type Bands, type FurtherRuns, missingRuns, operatingCurveOf } from '@labproof/core';
import {
  boundOrigin,
  operatingCurveText,
  passingRuleText,
  proportionInterval,
  shareText,
} from '@labproof/core/statistics';
import { formatPercent, formatPlural } from '@labproof/submission/format';

/** Bands as `calibrate` prints them: spread, marks, operating curve, and what more runs would cost. */
export function bandsText(bands: Bands): string {
  const { exercise, n, test, secondsPerEpoch } = bands;
  const { accuracy, loss, accuracyLower, accuracyUpper } = test;
  return [
    `${exercise}: ${formatPlural(n, 'trial')}, ${secondsPerEpoch.median.toFixed(2)} s an epoch`,
    `  test accuracy ${accuracy.mean.toFixed(4)} ± ${accuracy.sd.toFixed(4)} (${accuracy.min.toFixed(4)} to ${accuracy.max.toFixed(4)}), test loss ${loss.mean.toFixed(4)} ± ${loss.sd.toFixed(4)}`,
    `  pass from ${accuracyLower.value.toFixed(4)}, unusual above ${accuracyUpper.value.toFixed(4)} (${formatPercent(accuracyLower.coverage, 1)} coverage, ${accuracyLower.confidence * 100} % confidence, ${boundOrigin(accuracyLower)})`,
    ...passingLines(bands).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** The operating curve of bands and what is known of their marks, a line each. */
export function passingLines(bands: Bands): string[] {
  const { passing } = bands;
  const lines = [`pass: ${operatingCurveText(operatingCurveOf(bands))}`];
  if (passing === undefined) return lines;
  const { rule, sureFrom, lostBelow, stuck, fit, runs } = passing;
  lines.push(
    `asked: ${passingRuleText(rule)}; sure from ${sureFrom.toFixed(4)}, lost below ${lostBelow.toFixed(4)}`,
    costLine(bands),
  );
  if (runs === 'may-stick' || stuck.count > 0) {
    lines.push(
      `${stuck.count} of ${bands.n} runs are stuck (a fresh one with ${shareText(stuck.low)} to ${shareText(stuck.high)})${runs === 'alike' ? ', though the lab says that runs are alike: write "runs: may get stuck"' : '; the marks are those of the others'}`,
    );
  }
  lines.push(seenLine(bands));
  if (fit !== null) {
    lines.push(
      `fit of a normal distribution to the logits: A² = ${fit.statistic.toFixed(2)}, p = ${fit.p < 0.001 ? 'below 0.001' : fit.p.toFixed(3)}, skewness ${fit.skewness.toFixed(2)}`,
    );
  }
  return lines;
}

/** What the runs themselves say of the promise to honest ones. */
function seenLine(bands: Bands): string {
  const { seenBelow = 0, rule } = bands.passing ?? {};
  const working = workingRuns(bands);
  const seen = `${seenBelow} of these ${working} runs ${seenBelow === 1 ? 'lies' : 'lie'} below the pass mark`;
  return rule !== undefined && contradicted(bands)
    ? `${seen}, more than was asked: they are skewed. The zone reaches down to the worst of them, so nobody loses the point by it; ${runsForAny(rule.honest.oneIn)} runs give a mark for any distribution`
    : seen;
}

function workingRuns({ n, test }: Bands): number {
  return n - (test.accuracyLower.stuck ?? 0);
}

/** Whether more of the runs themselves lie below the pass mark than the promise to honest ones allows, beyond chance. */
function contradicted(bands: Bands): boolean {
  const { passing } = bands;
  if (passing === undefined) return false;
  const [low] = proportionInterval(passing.seenBelow, workingRuns(bands));
  return low > 1 / passing.rule.honest.oneIn;
}

/** The fewest runs of which the smallest is a bound for any distribution, with 95 % confidence. */
function runsForAny(oneIn: number): number {
  return Math.ceil(Math.log(0.05) / Math.log(1 - 1 / oneIn));
}

/** Whether one mark keeps both promises, and what it would cost until it does, and until sisters are not needed. */
function costLine(bands: Bands): string {
  const { passing } = bands;
  if (passing === undefined) return '';
  if (passing.oneMarkDoes) {
    return contradicted(bands)
      ? 'one mark would keep both promises to runs that are normal, and these are not'
      : 'both promises hold with one mark';
  }
  const read = 'between the marks a reader is needed';
  if (passing.enoughRuns === null) {
    return `${read}, and no number of runs changes that: even known exactly no mark keeps both promises`;
  }
  const { oneMark, ownSpread } = missingRuns(bands);
  if (oneMark === null) return `${read}: these runs scatter more than a normal distribution`;
  const own =
    ownSpread === null
      ? ''
      : `; the spread is inferred together with that of ${formatPlural(passing.sisters?.length ?? 0, 'sister exercise')}, and ${formatPlural(ownSpread.further, 'further trial')} would do without them (${costText(ownSpread)})`;
  const sure =
    passing.runs === 'may-stick'
      ? ', in 19 of 20 cases, since some will get stuck; --trials enough stops as soon as it can'
      : '';
  return `${read}; ${formatPlural(oneMark.further, 'further trial')} would do without (${costText(oneMark)} on one core; --trials ${oneMark.trials}${sure})${own}`;
}

function costText({ seconds }: FurtherRuns): string {
  const hours = seconds / 3600;
  return hours < 1 ? formatPlural(Math.ceil(hours * 60), 'minute') : `${hours.toFixed(1)} hours`;
}
