import type { TrialRecord } from './manifest.ts';

/** Where a trial came out otherwise than it is written down, in words; empty where every bit is the same. */
export interface RecordDifference {
  /** What differs: the weights, or what was measured of them. */
  readonly part: 'weights' | 'evaluation';
  readonly text: string;
}

/** Compares a trial with what is written down of it: digests, every epoch, and the test. */
export function compareRecords(before: TrialRecord, after: TrialRecord): RecordDifference[] {
  const found: RecordDifference[] = [];
  const weights = (what: string, was: string, is: string): void => {
    if (was !== is)
      found.push({ part: 'weights', text: `${what} ${short(is)} instead of ${short(was)}` });
  };
  weights('initial weights', before.initialDigest, after.initialDigest);
  weights('weights', before.digest, after.digest);
  const metric = (what: string, was: Metric, is: Metric): void => {
    if (was !== is)
      found.push({ part: 'evaluation', text: `${what} ${said(is)} instead of ${said(was)}` });
  };
  metric('number of epochs', before.history.length, after.history.length);
  for (const [index, was] of before.history.entries()) {
    const is = after.history[index];
    if (is === undefined) continue;
    const already = found.length;
    metric(`loss of epoch ${was.epoch}`, was.loss, is.loss);
    metric(`accuracy of epoch ${was.epoch}`, was.accuracy, is.accuracy);
    metric(`validation loss of epoch ${was.epoch}`, was.valLoss, is.valLoss);
    metric(`validation accuracy of epoch ${was.epoch}`, was.valAccuracy, is.valAccuracy);
    // What comes after the first epoch that differs follows from it.
    if (found.length > already) break;
  }
  metric('test loss', before.test.loss, after.test.loss);
  metric('test accuracy', before.test.accuracy, after.test.accuracy);
  const [was, is] = [before.test.classesDigest, after.test.classesDigest];
  if (was !== undefined && is !== undefined && was !== is) {
    found.push({
      part: 'evaluation',
      text: `predicted classes ${short(is)} instead of ${short(was)}`,
    });
  }
  return found;
}

type Metric = number | null;

function said(value: Metric): string {
  return value === null ? 'none' : String(value);
}

function short(digest: string): string {
  return digest.slice(0, 16);
}
