import { parse } from 'csv-parse/sync';
import { type Epoch, EpochSchema, reasonOf } from '@labproof/core';
import { decodeText } from '../text/decode-text.ts';
import { readJson } from '../files/safe-json.ts';
import type { SubmissionFile } from '../files/submission-files.ts';
import { submissionError } from '../errors.ts';

type Column = 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy';

/** Names that Keras, R and TF.js give to the four curves. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['loss', 'loss'],
  ['acc', 'accuracy'],
  ['accuracy', 'accuracy'],
  ['sparse_categorical_accuracy', 'accuracy'],
  ['categorical_accuracy', 'accuracy'],
  ['val_loss', 'valLoss'],
  ['valloss', 'valLoss'],
  ['val_acc', 'valAccuracy'],
  ['val_accuracy', 'valAccuracy'],
  ['valacc', 'valAccuracy'],
  ['valaccuracy', 'valAccuracy'],
  ['val_sparse_categorical_accuracy', 'valAccuracy'],
  ['val_categorical_accuracy', 'valAccuracy'],
]);
type Curves = Map<Column, number[]>;

const MOST_BYTES = 2 * 2 ** 20;
const MOST_EPOCHS = 10_000;
const AS_WRITTEN =
  'Save the history again, with a column (or list) each for loss, accuracy, val_loss and val_accuracy.';

/**
 * Reads a training history: CSV with a column a curve (Keras's CSVLogger, pandas) or a row a value (R's
 * `as.data.frame(history)`), or JSON (`history.history`, or a list of epochs). Throws the student's `history-unreadable`.
 */
export function readHistory(file: SubmissionFile): Epoch[] {
  if (file.bytes > MOST_BYTES) throw unreadable(file.path, 'it is larger than any history is');
  const curves = file.path.toLowerCase().endsWith('.json')
    ? curvesFromJson(readJson(file, MOST_BYTES), file.path)
    : curvesFromCsv(decodeText(file.read()), file.path);
  const loss = curves.get('loss') ?? [];
  const accuracy = curves.get('accuracy') ?? [];
  if (loss.length === 0 || loss.length !== accuracy.length || loss.length > MOST_EPOCHS) {
    throw unreadable(
      file.path,
      `it has ${loss.length} values of loss and ${accuracy.length} of accuracy`,
    );
  }
  return loss.map((value, index) =>
    EpochSchema.parse({
      epoch: index + 1,
      loss: value,
      accuracy: accuracy[index],
      valLoss: curves.get('valLoss')?.[index] ?? null,
      valAccuracy: curves.get('valAccuracy')?.[index] ?? null,
    }),
  );
}

function curvesFromCsv(text: string, path: string): Curves {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw unreadable(path, reasonOf(error));
  }
  const [header = [], ...body] = rows;
  const names = header.map((name) => name.toLowerCase());
  const curves: Curves = new Map();
  const long = {
    value: names.indexOf('value'),
    metric: names.indexOf('metric'),
    data: names.indexOf('data'),
  };
  if (long.value >= 0 && long.metric >= 0) {
    for (const row of body) {
      const validation = /^val/iu.test(row[long.data] ?? '');
      const name = (row[long.metric] ?? '').toLowerCase();
      add(
        curves,
        COLUMNS.get(validation && !name.startsWith('val') ? `val_${name}` : name),
        row[long.value],
        path,
      );
    }
    return curves;
  }
  const known = names.flatMap((name, index) => {
    const column = COLUMNS.get(name);
    return column === undefined ? [] : [{ column, index }];
  });
  if (known.length > COLUMNS.size) throw unreadable(path, 'it names one curve many times');
  for (const row of body) {
    for (const { column, index } of known) add(curves, column, row[index], path);
  }
  return curves;
}

function curvesFromJson(value: unknown, path: string): Curves {
  const curves: Curves = new Map();
  if (Array.isArray(value)) {
    for (const epoch of value) {
      for (const [name, entry] of Object.entries(Object(epoch))) {
        if (entry !== null) add(curves, COLUMNS.get(name.toLowerCase()), entry, path);
      }
    }
    return curves;
  }
  const outer: Record<string, unknown> = Object(value);
  const inner: Record<string, unknown> = Object(outer['history'] ?? outer['metrics'] ?? outer);
  for (const [name, list] of Object.entries(inner)) {
    const column = COLUMNS.get(name.toLowerCase());
    if (Array.isArray(list)) for (const entry of list) add(curves, column, entry, path);
  }
  return curves;
}

function add(curves: Curves, column: Column | undefined, entry: unknown, path: string): void {
  if (column === undefined || entry === '' || entry === undefined) return;
  const number = typeof entry === 'number' ? entry : Number(String(entry));
  if (!Number.isFinite(number))
    throw unreadable(path, `"${String(entry).slice(0, 40)}" is no number`);
  const values = curves.get(column) ?? [];
  values.push(number);
  curves.set(column, values);
}

function unreadable(path: string, why: string): Error {
  return submissionError('history-unreadable', {
    message: `${path} cannot be read as a training history: ${why}.`,
    fix: AS_WRITTEN,
  });
}
