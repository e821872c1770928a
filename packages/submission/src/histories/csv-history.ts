import { parse } from 'csv-parse/sync';
import { reasonOf } from '@labproof/core';
import { type Curve, countsEpochs, curveNamed, curvesNamed } from './curve-names.ts';
import { readOrRefuse } from '../refusal.ts';
import { joinedEpochs } from './joined-epochs.ts';
import { type HistoryRow, epochNumber, numberOf, unreadable } from './history-rows.ts';

/** What columns may be separated by, and of equal ones the more usual first. `' '`: any white space. */
const SEPARATORS = [',', ';', '\t', '|', ' '] as const;
type Separator = (typeof SEPARATORS)[number];

/**
 * The rows of a history as CSV: a column a curve (Keras's CSVLogger, pandas, R's `write.csv2`, with or without an index),
 * or a row a value (R's `as.data.frame(history)`). The separator is settled once, from the header; where it is no
 * comma, decimal commas are read. Throws the student's `history-unreadable`.
 */
export function csvRows(text: string, path: string): HistoryRow[] {
  const table = withoutNotes(text);
  const [first = '', rest = ''] = cutLine(table);
  const told = /^"?sep=(?<separator>.)"?\s*$/iu.exec(first)?.groups?.['separator'];
  const body = told === undefined ? table : rest;
  const separator = SEPARATORS.find((known) => known === told) ?? separatorOf(body, path);
  const [header = [], ...rows] = cellsOf(body, separator, path);
  const names = header.map((name) => name.trim().toLowerCase());
  const read: Table = {
    names,
    rows: rows.filter((row) => !isRule(row)),
    path,
    decimalComma: separator !== ',',
  };
  return names.includes('value') && names.includes('metric') ? longRows(read) : wideRows(read);
}

interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly path: string;
  readonly decimalComma: boolean;
}

/** Without notes before the table, as `# trained on 5.12.`; where the names of the columns are behind such a sign, they are none. */
function withoutNotes(text: string): string {
  let rest = text;
  for (;;) {
    const [line, after] = cutLine(rest);
    if (!line.trimStart().startsWith('#')) return rest;
    const bare = line.replace(/^\s*#+\s*/u, '');
    if (bare.split(/[\s,;|]+/u).some((word) => curveNamed(word) !== null)) {
      return `${bare}\n${after}`;
    }
    rest = after;
  }
}

/** The line below the head of a table in Markdown. */
function isRule(row: readonly string[]): boolean {
  return row.some((cell) => cell.includes('---')) && row.every((cell) => /^[\s:-]*$/u.test(cell));
}

/** Splits off the first line that says something. */
function cutLine(text: string): [string, string] {
  const plain = text.replace(/^\uFEFF?[\r\n]+/u, '');
  const end = plain.search(/\r\n?|\n/u);
  return end < 0 ? [plain, ''] : [plain.slice(0, end), plain.slice(end).replace(/^\r\n?|^\n/u, '')];
}

/** The separator by which most of the header's names are names of curves. */
function separatorOf(text: string, path: string): Separator {
  const [header] = cutLine(text);
  let best: Separator = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    // Quotes that end before what is no separator are another separator's.
    const { value } = readOrRefuse(() => cellsOf(header, separator, path));
    const [names = []] = value ?? [];
    const known = names.filter(
      (name) => curveNamed(name) !== null || /^(?:value|metric|data)$/iu.test(name.trim()),
    ).length;
    if (known > most) [best, most] = [separator, known];
  }
  return best;
}

function cellsOf(text: string, separator: Separator, path: string): string[][] {
  if (separator === ' ') {
    const lines = text.split(/\r\n?|\n/u).filter((line) => line.trim() !== '');
    return lines.map((line) =>
      line
        .trim()
        .split(/\s+/u)
        .map((cell) => cell.replaceAll('"', '')),
    );
  }
  try {
    return parse(text, {
      bom: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw unreadable(path, reasonOf(error));
  }
}

function wideRows({ names, rows, path, decimalComma }: Table): HistoryRow[] {
  const columns = curveColumns(names, path);
  const counter = names.findIndex((name) => countsEpochs(name));
  let begins = false;
  const all = rows.flatMap((cells, index): HistoryRow[] => {
    // R writes a name before each row, and none for that column.
    const row = cells.length === names.length + 1 ? cells.slice(1) : cells;
    if (row.length > names.length && row.slice(names.length).some((cell) => cell.trim() !== '')) {
      throw unreadable(
        path,
        `row ${index + 2} has more cells than there are columns, as where a decimal comma stands between commas`,
      );
    }
    if (row.every((cell, at) => cell.trim().toLowerCase() === names[at])) {
      begins = true;
      return [];
    }
    const isFirst = begins;
    begins = false;
    return [
      {
        ...(isFirst ? { begins: true } : {}),
        epoch: counter < 0 ? null : epochNumber(row[counter], path, decimalComma),
        values: new Map(
          [...columns].map(([curve, column]) => [curve, numberOf(row[column], path, decimalComma)]),
        ),
      },
    ];
  });
  return names.includes('step') && counter >= 0 ? joinedEpochs(all, path) : all;
}

/** The column of each curve; of several for one curve the one with the usual name. */
function curveColumns(names: readonly string[], path: string): ReadonlyMap<Curve, number> {
  const best = new Map<Curve, { readonly rank: number; readonly column: number }>();
  const curves = curvesNamed(names);
  for (const [column, name] of names.entries()) {
    const named = curves[column] ?? null;
    if (named === null) continue;
    const known = best.get(named.curve);
    if (known?.rank === named.rank) throw unreadable(path, `it has two columns "${name}"`);
    if (known === undefined || named.rank < known.rank) {
      best.set(named.curve, { rank: named.rank, column });
    }
  }
  return new Map([...best].map(([curve, { column }]) => [curve, column]));
}

/** A row a value, in the order in which the epochs of each curve come. */
function longRows({ names, rows, path, decimalComma }: Table): HistoryRow[] {
  const at = (name: string): number => names.indexOf(name);
  const [value, metric, data, epoch] = [at('value'), at('metric'), at('data'), at('epoch')];
  const lists = new Map<Curve, { epoch: number | null; value: number | null }[]>();
  for (const cells of rows) {
    const row = cells.length === names.length + 1 ? cells.slice(1) : cells;
    const name = row[metric] ?? '';
    const isValidation = /^val/iu.test(row[data] ?? '') && !/^val/iu.test(name);
    const named = curveNamed(isValidation ? `val_${name}` : name);
    if (named === null) continue;
    const list = lists.get(named.curve) ?? [];
    list.push({
      epoch: epoch < 0 ? null : numberOf(row[epoch], path, decimalComma),
      value: numberOf(row[value], path, decimalComma),
    });
    lists.set(named.curve, list);
  }
  const length = Math.max(0, ...[...lists.values()].map((list) => list.length));
  return Array.from({ length }, (_, index) => ({
    epoch: lists.get('loss')?.[index]?.epoch ?? null,
    values: new Map([...lists].map(([curve, list]) => [curve, list[index]?.value ?? null])),
  }));
}
