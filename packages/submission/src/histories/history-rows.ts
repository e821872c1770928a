import type { Curve } from './curve-names.ts';
import { submissionError } from '../errors.ts';
import { typedNumber } from '../text/typed-number.ts';

/** What one epoch of a history file says; `null` for what it says is missing. */
export interface HistoryRow {
  /** As it is counted in the file, from 0 or 1; `null` where nothing counts. */
  readonly epoch: number | null;
  readonly values: ReadonlyMap<Curve, number | null>;
}

const AS_WRITTEN =
  'Save the history again, with a column (or list) each for loss, accuracy, val_loss and val_accuracy.';
/** How programs write that there is no number: CSVLogger and R `NA`, pandas nothing at all or `NaN`; a loss that overflowed. */
const MISSING = /^(?:|na|n\/a|[+-]?nan|null|none|-|[+-]?(?:inf|infinity|∞))$/iu;

/** The number of a cell; `null` where it says that there is none. Throws the student's `history-unreadable`. */
export function numberOf(entry: unknown, path: string, decimalComma = false): number | null {
  if (entry === null || entry === undefined) return null;
  const text = String(entry).trim();
  if (MISSING.test(text)) return null;
  const number = decimalComma || !text.includes(',') ? typedNumber(text, 'small') : null;
  if (number !== null) return number;
  throw unreadable(path, `"${text.slice(0, 40)}" is no number`);
}

/** The student's `history-unreadable`. */
export function unreadable(path: string, why: string): Error {
  return submissionError('history-unreadable', {
    message: `${path} cannot be read as a training history: ${why}.`,
    fix: AS_WRITTEN,
  });
}
