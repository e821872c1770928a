import type { Curve } from './curve-names.ts';
import { submissionError } from '../errors.ts';
import { typedNumber } from '../text/typed-number.ts';

/** What one epoch of a history file says; `null` for what it says is missing. */
export interface HistoryRow {
  /** As it is counted in the file, from 0 or 1; `null` where nothing counts. */
  readonly epoch: number | null;
  readonly values: ReadonlyMap<Curve, number | null>;
  /** The names of the columns stand above it once more, as where a second training was appended. */
  readonly begins?: true;
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
  const percent = /^(?<value>.*\S)\s*%$/u.exec(text)?.groups?.['value'];
  const number = decimalComma || !text.includes(',') ? typedNumber(percent ?? text, 'small') : null;
  if (number !== null) return percent === undefined ? number : hundredth(number);
  throw unreadable(path, `"${text.slice(0, 40)}" is no number`);
}

/** How programs and people count epochs: "3", "3.0", "Epoch 3", "3/12". */
const COUNTED = /^(?:epoche?\s*)?(?<epoch>\d{1,6})(?:\s*\/\s*\d{1,6})?$/iu;

/** The number of an epoch as a cell counts it; `null` where it counts none. Throws the student's `history-unreadable`. */
export function epochNumber(entry: unknown, path: string, decimalComma = false): number | null {
  const counted = typeof entry === 'string' ? COUNTED.exec(entry.trim())?.groups?.['epoch'] : null;
  return counted == null ? numberOf(entry, path, decimalComma) : Number(counted);
}

/** A hundredth, without the last bit that division adds to a short decimal number. */
function hundredth(value: number): number {
  return Number((value / 100).toPrecision(15));
}

/** No network that learns anything has less, in per cent. */
const LEAST_PER_CENT = 2;

/**
 * Accuracies as fractions: a column of them that is in per cent says so by its size. Throws the student's
 * `history-unreadable` for what is neither.
 */
export function withFractions(rows: readonly HistoryRow[], path: string): readonly HistoryRow[] {
  const inPerCent = (['accuracy', 'valAccuracy'] as const).filter((curve) => {
    const values = rows.flatMap(({ values: all }) => all.get(curve) ?? []);
    const wrong = values.find((value) => value < 0 || value > 1);
    if (wrong === undefined) return false;
    if (values.every((value) => value >= LEAST_PER_CENT && value <= 100)) return true;
    throw unreadable(
      path,
      `${wrong} stands among its accuracies, which are shares (0.93) or per cents (93) and not both`,
    );
  });
  if (inPerCent.length === 0) return rows;
  return rows.map((row) => ({
    ...row,
    values: new Map(
      [...row.values].map(([curve, value]) => [
        curve,
        value !== null && inPerCent.some((one) => one === curve) ? hundredth(value) : value,
      ]),
    ),
  }));
}

/** The student's `history-unreadable`. */
export function unreadable(path: string, why: string): Error {
  return submissionError('history-unreadable', {
    message: `${path} cannot be read as a training history: ${why}.`,
    fix: AS_WRITTEN,
  });
}
