import { type Epoch, EpochSchema } from '@labproof/core';
import { decodeText } from '../text/decode-text.ts';
import type { SubmissionFile } from '../files/submission-files.ts';
import { csvRows } from './csv-history.ts';
import { type HistoryRow, unreadable, withFractions } from './history-rows.ts';
import { jsonRows } from './json-history.ts';
import { submissionError } from '../errors.ts';

const MOST_BYTES = 2 * 2 ** 20;
const MOST_EPOCHS = 10_000;

/**
 * Reads a training history, as CSV or JSON; what it is its content says. Validation may be missing, in whole or for some epochs.
 * A log to which a second training was appended counts as one where both are the same.
 * Throws the student's `history-unreadable` or `history-several`.
 */
export function readHistory(file: SubmissionFile): Epoch[] {
  const { path } = file;
  if (file.bytes > MOST_BYTES) throw unreadable(path, 'it is larger than any history is');
  const bytes = file.read();
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw unreadable(path, 'it is compressed, as saveRDS() of R and others write it');
  }
  const text = decodeText(bytes);
  const rows =
    /^\s*["[{]/u.test(text) && !/^\s*"[^"\n]*"\s*[,;\t ]/u.test(text)
      ? jsonRows(text, path)
      : csvRows(text, path);
  if (rows.length > MOST_EPOCHS) throw unreadable(path, 'it has more epochs than any training');
  return onlyTraining(trainings(withFractions(rows, path)), path);
}

/** A training ends where epochs begin to count anew, as where CSVLogger appended to the log of an earlier one. */
function trainings(rows: readonly HistoryRow[]): HistoryRow[][] {
  const runs: HistoryRow[][] = [];
  let last = Infinity;
  for (const row of rows) {
    const isFirst = runs.length === 0 || row.begins === true;
    if (row.epoch === null ? isFirst : row.epoch <= last) runs.push([]);
    runs.at(-1)?.push(row);
    last = row.epoch ?? last;
  }
  return runs.length === 0 ? [[]] : runs;
}

function onlyTraining(runs: readonly (readonly HistoryRow[])[], path: string): Epoch[] {
  const [first = [], ...others] = runs.map((rows) => epochsOf(rows, path));
  if (others.every((other) => JSON.stringify(other) === JSON.stringify(first))) return first;
  const lengths = [first, ...others].map((epochs) => epochs.length);
  throw submissionError('history-several', {
    message: `${path} holds the logs of ${runs.length} trainings, of ${lengths.slice(0, 5).join(', ')}${lengths.length > 5 ? ', …' : ''} epochs, one after the other; which of them belongs to the model a person has to decide.`,
    fix: 'Hand in the log of the training whose model you hand in; CSVLogger(…, append=True) adds to an earlier log.',
  });
}

function epochsOf(rows: readonly HistoryRow[], path: string): Epoch[] {
  const count = (curve: 'loss' | 'accuracy'): number =>
    rows.filter(({ values }) => values.has(curve)).length;
  if (rows.length === 0 || count('loss') === 0 || count('accuracy') === 0) {
    throw unreadable(
      path,
      `it has ${count('loss')} values of loss and ${count('accuracy')} of accuracy`,
    );
  }
  return rows.map(({ values }, index) => {
    const [loss, accuracy] = [values.get('loss') ?? null, values.get('accuracy') ?? null];
    if (loss === null || accuracy === null) {
      throw unreadable(
        path,
        `the ${loss === null ? 'loss' : 'accuracy'} of epoch ${index + 1} is no number; where it is NaN, the training has diverged`,
      );
    }
    return EpochSchema.parse({
      epoch: index + 1,
      loss,
      accuracy,
      valLoss: values.get('valLoss') ?? null,
      valAccuracy: values.get('valAccuracy') ?? null,
    });
  });
}
