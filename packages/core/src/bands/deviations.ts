import { insideUnit, logit } from '../statistics/run-scale.ts';
import type { Bands } from './bands.ts';
import { modelOfBands } from './operating.ts';

/** How many standard deviations (logit scale) an accuracy lies above the mean of the runs that work; below it is negative. */
export function deviationsFromRuns(bands: Bands, accuracy: number): number {
  const { centre, sd } = modelOfBands(bands);
  return (logit(insideUnit(accuracy, 1 / (bands.testCount ?? 10_000))) - centre) / sd;
}
