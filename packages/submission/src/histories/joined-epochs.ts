import type { Curve } from './curve-names.ts';
import { submissionError } from '../errors.ts';
import type { HistoryRow } from './history-rows.ts';

/**
 * Rows of Lightning's CSVLogger, which writes one for what was measured in training, one for validation and a last one for
 * the test, as one row an epoch. Throws the student's `history-unreadable` where an epoch has several values of one curve: they
 * are of single batches.
 */
export function joinedEpochs(rows: readonly HistoryRow[], path: string): HistoryRow[] {
  const joined: { readonly epoch: number | null; readonly values: Map<Curve, number | null> }[] =
    [];
  for (const { epoch, values } of rows) {
    const told = [...values].filter(([, value]) => value !== null);
    // What was only measured on the test images, or never.
    if (told.length === 0) continue;
    let row = joined.at(-1);
    if (row === undefined || row.epoch !== epoch) {
      row = { epoch, values: new Map([...values.keys()].map((curve) => [curve, null])) };
      joined.push(row);
    }
    for (const [curve, value] of told) {
      if ((row.values.get(curve) ?? null) !== null) throw ofBatches(path, epoch);
      row.values.set(curve, value);
    }
  }
  return joined;
}

function ofBatches(path: string, epoch: number | null): Error {
  return submissionError('history-unreadable', {
    message: `${path} cannot be read as a training history: it has several values of one curve for epoch ${epoch ?? ''}, which are of single batches and not of the epoch.`,
    fix: 'Log once an epoch, self.log("train_loss", loss, on_step=False, on_epoch=True) in Lightning, train again and hand in that log.',
  });
}
