/** What any program may take for the end of a cell: a cell that holds one is quoted, whoever reads it. */
const NEEDS_QUOTES = /[",;|\t\r\n]/u;
const FORMULA = /^[=+\-@]/u;

/**
 * Whether a spreadsheet would run a text as a formula: it begins with `=`, `+`, `-`, `@`, tab or carriage return, also
 * in full width or behind characters that nobody sees.
 */
function looksLikeFormula(text: string): boolean {
  if (/^[\t\r]/u.test(text)) return true;
  const start = text.slice(0, LONGEST_PREFIX).replace(/^[\p{Cf}\p{Z}\p{Cc}\p{M}]+/u, '');
  return FORMULA.test(start.slice(0, 4).normalize('NFKC'));
}

/** Characters before which a formula can hide. */
const LONGEST_PREFIX = 200;

/** A CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(text: string): string {
  const safe = looksLikeFormula(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The text that a cell stands for, seen from whoever reads it back: without the apostrophe that kept a spreadsheet from
 * running it.
 */
function textInCell(cell: string): string {
  return cell.startsWith("'") && looksLikeFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

/** A row of cells that are text or numbers already made safe by `csvText`, ended as RFC 4180 has it. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Longer text for a cell. It becomes one line without control characters, so that a terminal takes no orders from it;
 * and what follows a semicolon, tab or quote cannot begin a formula either, for a spreadsheet that takes other
 * characters for the ends of cells than were meant.
 */
export function csvText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll(
      /[;,|"][\p{Z}\p{Cf}]*(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B])/gu,
      "$&'",
    )
    .trim();
}

/** Stands for the end of a line, since a cell has one line. */
const LINE_MARK = ' ¶ ';

/** Lines of text for a cell, as `csvText` has it; `linesInCell` gives them back. */
export function csvLines(text: string): string {
  return csvText(
    text
      .trim()
      .split(/\r\n?|\n/u)
      .join(LINE_MARK),
  );
}

/** The lines of a text that `csvLines` has put into a cell. */
export function linesInCell(cell: string): string {
  return textInCell(cell).split(/ ?¶ ?/u).join('\n');
}
