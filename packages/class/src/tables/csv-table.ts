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
}

/**
 * Reads a CSV with a header; comma, semicolon or tab between the cells, the same one in the whole file, in UTF-8, UTF-16 or
 * Windows-1252 as spreadsheets save them. Throws an instructor's error.
 */
export function readCsvTable(path: string): CsvTable {
  const { header, rows } = readCsvAsWritten(path);
  const trimmed = (row: readonly string[]): string[] => row.map((cell) => cell.trim());
  return {
    header: trimmed(header).map((cell) => cell.toLowerCase()),
    rows: rows.map(trimmed).filter((row) => row.some((cell) => cell !== '')),
  };
}

/** As a text; also UTF-16 that lost its mark: the names of columns begin with letters below U+0100. */
function decodeTable(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) {
    return new TextDecoder('utf-16le').decode(bytes);
  }
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) {
    return new TextDecoder('utf-16be').decode(bytes);
  }
  return decodeText(bytes);
}

/** As `readCsvTable`, with every cell and the header as they stand in the file. */
export function readCsvAsWritten(path: string): CsvTable {
  try {
    const { text, separator } = separatorOf(decodeTable(readFileSync(path)));
    const [header = [], ...rows]: string[][] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return { header, rows };
  } catch (error) {
    throw classError('csv-unreadable', {
      message: `${path} cannot be read as CSV: ${reasonOf(error)}.`,
      fix: 'Check the path, and save the file as CSV with a header line.',
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
