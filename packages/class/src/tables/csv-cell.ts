/**
 * A CSV cell. Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage
 * return) gets an apostrophe in front.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
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
    .replaceAll(/(?<=[;,|"]\s*)(?=[=+\-@])/gu, "'")
    .trim();
}
