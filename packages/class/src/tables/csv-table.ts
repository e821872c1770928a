import { reasonOf } from '@labproof/core';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { decodeText } from '@labproof/submission';
import { separatorOf } from './separator.ts';
import { type ClassCode, classError } from '../errors.ts';

/** A CSV file of the instructor's, its header lower case. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What stands between the cells, where it was read from a file. */
  readonly separator?: string;
}

/**
 * Reads a CSV with a header; comma, semicolon or tab between the cells, the same one in the whole file, in UTF-8, UTF-16 or
 * Windows-1252 as spreadsheets save them. Throws an instructor's error, also where a row has more cells than there are columns:
 * a comma of somebody's ("0,5", "Doe, Amy") has then moved what stands behind it.
 */
export function readCsvTable(path: string): CsvTable {
  const { header, rows, separator } = readCsvAsWritten(path);
  const long = rows.findIndex((row) => row.slice(header.length).some((cell) => cell.trim() !== ''));
  if (long !== -1) throw tooManyCells(path, long + 2, separator ?? ',');
  const trimmed = (row: readonly string[]): string[] => row.map((cell) => cell.trim());
  return {
    header: trimmed(header).map((cell) => cell.toLowerCase()),
    rows: rows.map(trimmed).filter((row) => row.some((cell) => cell !== '')),
    ...(separator === undefined ? {} : { separator }),
  };
}

function tooManyCells(path: string, row: number, separator: string): Error {
  const [name, example] =
    separator === ','
      ? ['commas', '"0,5", "Doe, Amy"']
      : separator === ';'
        ? ['semicolons', '"good; but short"']
        : ['tabs', '"good\tbut short"'];
  return classError('csv-unreadable', {
    message: `${path} cannot be read as CSV: row ${row} has more cells than the table has columns, so nobody can tell which cell belongs to which.`,
    fix: `Cells end at ${name} here: put quotation marks around text and numbers that hold one (${example}), or give every column a name.`,
  });
}

/** As `readCsvTable`, with every cell and the header as they stand in the file. */
export function readCsvAsWritten(path: string): CsvTable {
  try {
    const { text, separator } = separatorOf(decodeText(readFileSync(path)));
    const [header = [], ...rows]: string[][] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return { header, rows, separator };
  } catch (error) {
    throw classError('csv-unreadable', {
      message: `${path} cannot be read as CSV: ${reasonOf(error)}.`,
      fix: 'Name a file that is there and was saved as CSV, with a header line.',
      cause: error,
    });
  }
}

/** Throws one instructor's error that lists every problem of a file. */
export function assertNoProblems(
  path: string,
  code: Extract<ClassCode, `${string}-invalid`>,
  problems: readonly string[],
): void {
  if (problems.length === 0) return;
  throw classError(code, {
    message: `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}: ${problems.join('; ')}.`,
    fix: 'Correct these lines and run the command again.',
  });
}
