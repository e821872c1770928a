import {
  type OperatingPoint,
  honestShares,
  operatingCurve,
} from '../statistics/operating-curve.ts';
import { modelOfRuns, type RunModel } from '../statistics/run-model.ts';
import { insideUnit, logit } from '../statistics/run-scale.ts';
import type { Bands } from './bands.ts';

/** Test images of both of Labproof's datasets, for bands that do not say how many there were. */
const USUAL_IMAGES = 10_000;

/** The model of an exercise's runs, by the plan of its bands; runs of older bands are taken to be alike. */
export function modelOfBands({ trials, passing, testCount }: Bands): RunModel {
  return modelOfRuns(
    trials.map(({ accuracy }) => accuracy),
    {
      kind: passing?.runs ?? 'alike',
      sisters: passing?.sisters,
      resolution: 1 / (testCount ?? USUAL_IMAGES),
    },
  );
}

/** The operating curve of bands: as it was drawn with their marks, or for the bound that older bands have. */
export function operatingCurveOf(bands: Bands): readonly OperatingPoint[] {
  if (bands.operatingCurve !== undefined) return bands.operatingCurve;
  return curveAt(bands, bands.test.accuracyLower.value);
}

/** What would pass if another accuracy were the pass mark of bands. */
export function curveAt(bands: Bands, accuracy: number): readonly OperatingPoint[] {
  const pass = logit(insideUnit(accuracy, 1 / (bands.testCount ?? USUAL_IMAGES)));
  return operatingCurve(modelOfBands(bands), { pass, sureFrom: pass, lostBelow: pass });
}

/** Shares of honest runs that may reach the pass mark of bands, each as likely as the others. */
export function honestSharesOf(bands: Bands): readonly number[] {
  return honestShares(modelOfBands(bands), markOf(bands));
}

function markOf({ test, testCount = USUAL_IMAGES }: Bands): number {
  return logit(insideUnit(test.accuracyLower.value, 1 / testCount));
}
