import {
  type Curve,
  type NamedCurve,
  curveNamed,
  curvesNamed,
  isTestCurve,
} from './curve-names.ts';
import type { PrintedEpoch, PrintedHistory } from './printed-history.ts';

type Row = readonly string[];

const MOST_ROWS = 20_000;
const MOST_EPOCHS = 10_000;

/**
 * Training histories that stand in a document as tables: a row a value, as R's `as.data.frame(history)` has them
 * (epoch, value, metric, data), or a row an epoch, as pandas and CSVLogger do. One table may be spread over several
 * pages with its head repeated.
 */
export class HistoryTables<Place> {
  readonly #runs: { readonly place: Place; readonly epochs: Map<number, Map<Curve, number>> }[] =
    [];
  #head = '';

  /** A table's cells, the head first. */
  feedTable(rows: readonly Row[], place: Place): void {
    const [head = [], ...body] = rows.slice(0, MOST_ROWS);
    const names = head.map((cell) => cell.trim().toLowerCase());
    const long = ['value', 'metric'].every((name) => names.includes(name));
    const counts = names.includes('epoch') || names.includes('epochs');
    const curves = bestOf(curvesNamed(names)).map((curve, at) =>
      // Tables of several networks have columns for the test as well.
      counts || !isTestCurve(names[at] ?? '') ? curve : null,
    );
    const wide =
      body.length > 1 &&
      curves.filter((curve) => curve !== null).length > 1 &&
      countsEpochs(names, body);
    if (!long && !wide) {
      this.#head = '';
      return;
    }
    if (this.#head !== names.join('\t')) this.#begin(place);
    this.#head = names.join('\t');
    if (long) this.#feedLong(names, body, place);
    else this.#feedWide(names, curves, body, place);
  }

  /** Tables in printed text, with spaces or tabs between the columns. */
  feedText(text: string, place: Place): void {
    let table: Row[] = [];
    for (const line of text.split('\n')) {
      const cells = line
        .replace(/^\s*(?:##|#>)/u, '')
        .trim()
        .split(/\t+|\s*\|\s*|\s+/u);
      const isHead =
        cells.some((cell) => /^(?:metric|(?:val_|valid_|train_|test_)?loss)$/iu.test(cell)) &&
        !/\d/u.test(line.replaceAll('#', ''));
      const width = table[0]?.length ?? 0;
      if (isHead) {
        this.#feedWhole(table, place);
        table = [cells];
      } else if (width > 0 && /^[-=:|\s]+$/u.test(line)) continue;
      else if (width > 0 && cells.every((cell) => /^<\w+>$/u.test(cell))) continue;
      else if (width > 0 && cells.length === width) table.push(cells);
      else if (width > 0 && cells.length === width + 1) table.push(cells.slice(1));
      else {
        this.#feedWhole(table, place);
        table = [];
      }
    }
    this.#feedWhole(table, place);
  }

  finish(): { readonly place: Place; readonly history: PrintedHistory }[] {
    return this.#runs.flatMap(({ place, epochs }) => {
      const numbers = [...epochs.keys()].toSorted((a, b) => a - b);
      const told = numbers.map((epoch): PrintedEpoch => {
        const values = epochs.get(epoch);
        return {
          epoch,
          loss: values?.get('loss') ?? null,
          accuracy: values?.get('accuracy') ?? null,
          valLoss: values?.get('valLoss') ?? null,
          valAccuracy: values?.get('valAccuracy') ?? null,
          seconds: null,
        };
      });
      const run = numbers.at(-1);
      if (run === undefined || told.length < 2) return [];
      return [
        {
          place,
          history: { planned: null, run, epochs: told, secondsPerEpoch: null, stopped: null },
        },
      ];
    });
  }

  #feedWhole(table: readonly Row[], place: Place): void {
    if (table.length > 1) this.feedTable(table, place);
  }

  #feedLong(names: readonly string[], body: readonly Row[], place: Place): void {
    const at = {
      epoch: names.indexOf('epoch'),
      value: names.indexOf('value'),
      metric: names.indexOf('metric'),
      data: names.indexOf('data'),
    };
    for (const row of body) {
      const metric = (row[at.metric] ?? '').trim().toLowerCase();
      const validation = /^val/iu.test((row[at.data] ?? '').trim());
      const curve = curveNamed(validation && !metric.startsWith('val_') ? `val_${metric}` : metric);
      this.#set(numberIn(row[at.epoch]), curve?.curve ?? null, numberIn(row[at.value]), place);
    }
  }

  #feedWide(
    names: readonly string[],
    curves: readonly (Curve | null)[],
    body: readonly Row[],
    place: Place,
  ): void {
    const at = names.findIndex((name) => name === 'epoch' || name === 'epochs');
    const counter = at >= 0 ? at : names.indexOf('');
    const offset = numberIn(body[0]?.[counter]) === 0 ? 1 : 0;
    for (const [index, row] of body.entries()) {
      const written = counter < 0 ? null : numberIn(row[counter]);
      const epoch = written === null ? index + 1 : written + offset;
      for (const [column, curve] of curves.entries()) {
        this.#set(epoch, curve, numberIn(row[column]), place);
      }
    }
  }

  /** A value that is there already begins another run. */
  #set(epoch: number | null, curve: Curve | null, value: number | null, place: Place): void {
    if (epoch === null || curve === null || value === null) return;
    if (!Number.isInteger(epoch) || epoch < 1 || epoch > MOST_EPOCHS) return;
    if (this.#runs.at(-1)?.epochs.get(epoch)?.has(curve) === true) this.#begin(place);
    const epochs = this.#runs.at(-1)?.epochs;
    const values = epochs?.get(epoch) ?? new Map<Curve, number>();
    values.set(curve, value);
    epochs?.set(epoch, values);
  }

  #begin(place: Place): void {
    this.#runs.push({ place, epochs: new Map() });
  }
}

/** The curve of each column; of several for one curve that with the usual name. */
function bestOf(named: readonly (NamedCurve | null)[]): (Curve | null)[] {
  return named.map((one) =>
    one === null || named.some((other) => other?.curve === one.curve && other.rank < one.rank)
      ? null
      : one.curve,
  );
}

/** Rows are epochs where a column counts them, or where all columns are curves; else they may be networks. */
function countsEpochs(names: readonly string[], body: readonly Row[]): boolean {
  const counter = names.findIndex((name) => name === 'epoch' || name === 'epochs' || name === '');
  if (counter < 0) return names.every((name) => curveNamed(name) !== null) && body.length > 2;
  const first = numberIn(body[0]?.[counter]);
  return first !== null && body.every((row, index) => numberIn(row[counter]) === first + index);
}

function numberIn(cell: string | undefined): number | null {
  const plain = cell?.trim() ?? '';
  return /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/iu.test(plain) ? Number(plain) : null;
}
