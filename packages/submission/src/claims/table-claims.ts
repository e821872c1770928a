import type { Claim } from './claim.ts';
import { isHistoryHeader } from './line-claims.ts';
import { findMentions, isMetric } from './metric-words.ts';
import { findNumerals } from './numeral.ts';
import { isOfOneClass } from './one-class.ts';
import { claimsInSentence, type SentenceContext } from './sentence-claims.ts';

const MOST_RESULT_ROWS = 20;

/** The accuracies and losses in a table: by the names of its columns, else by what stands in each row. */
export function claimsInTable(
  rows: readonly (readonly string[])[],
  about: Pick<SentenceContext, 'source' | 'standing'>,
): Claim[] {
  const [head = [], ...body] = rows;
  if (isHistoryHeader(head.join(' ')) || body.length > MOST_RESULT_ROWS) return [];
  const columns = head.map((cell) => findMentions(cell).mentions.find(isMetric) ?? null);
  // "| Accuracy | 0.9763 |" above "| Loss | 0.0841 |" is no row of titles.
  const isHeadless =
    columns.some((column) => column !== null) &&
    head.some((cell) =>
      findNumerals(cell).some(({ fractional, percent }) => fractional || percent),
    );
  if (isHeadless) return rows.flatMap((row) => claimsInSentence(row.join(' '), about));
  if (columns.every((column) => column === null)) {
    const named = head.slice(1).some((cell) => /\p{L}/u.test(cell) && saysOfColumn(cell));
    return named
      ? body.flatMap((row) => claimsOfRow(head, row, about))
      : rows.flatMap((row) => claimsInSentence(row.join(' '), about));
  }
  return body.flatMap((row) => {
    const name = row[0] ?? '';
    const rowPart = findMentions(`${name}:`).parts[0]?.part ?? null;
    return row.flatMap((cell, index): Claim[] => {
      if (columns[index] === undefined || columns[index] === null) return [];
      const title = head[index] ?? '';
      const numbers = findNumerals(cell).length;
      if (numbers === 0) return [];
      // The name of a row says what its cells are: "target", "guessing", "paper", "previous network".
      const label = index === 0 || /\d/u.test(name) ? '' : `${name} `;
      return claimsInSentence(`${label}${title}: ${cell}`, {
        ...about,
        excerpt: `${title}: ${cell}`,
      }).map((claim) => ({
        ...claim,
        standing:
          claim.standing === 'stated' && isClass(head[0] ?? '', name, index)
            ? 'one-class'
            : claim.standing,
        part: columns[index]?.part ?? claim.part ?? rowPart,
      }));
    });
  });
}

/** Whether a row is of one class: "| digit 8 | 0.95 |", or "| 8 | 0.95 |" below "class". */
function isClass(title: string, name: string, column: number): boolean {
  if (column === 0) return false;
  const label = /^\s*\d{1,2}\s*$/u.test(name) ? `${title.trim()} ${name.trim().at(-1)}` : name;
  return isOfOneClass('', label, '');
}

/** Whether a column's name says what its numbers are: of which data ("test"), or whose ("expected", "handout"). */
function saysOfColumn(title: string): boolean {
  return (
    findMentions(`${title}:`).parts.length > 0 ||
    claimsInSentence(`${title} accuracy: 0.9`).some(({ standing }) => standing !== 'stated')
  );
}

/** A row of one metric in a table whose columns are parts of the data, or whose values they are. */
function claimsOfRow(
  head: readonly string[],
  [name = '', ...cells]: readonly string[],
  about: Pick<SentenceContext, 'source' | 'standing'>,
): Claim[] {
  return cells.flatMap((cell, index) => {
    const title = head[index + 1] ?? '';
    const part = findMentions(`${title}:`).parts[0]?.part ?? null;
    return claimsInSentence(`${title} ${name}: ${cell}`, {
      ...about,
      excerpt: `${title} ${name}: ${cell}`.trim(),
    }).map((claim) => ({ ...claim, part: part ?? claim.part }));
  });
}
