/** What programs put between the cells of a table. */
const SEPARATORS = [',', ';', '\t'] as const;

/** The text of a table and the one character that stands between its cells. */
export interface SeparatedText {
  readonly text: string;
  readonly separator: string;
}

/**
 * Settles what stands between the cells of a table, once for the whole file: what its `sep=` line says, else what stands
 * most often in its first line, outside of quotes. In a table whose cells end at `;` a comma is part of a cell: "1,5".
 */
export function separatorOf(table: string): SeparatedText {
  const text = table.replace(/^\uFEFF/u, '');
  const said = /^"?sep=(?<separator>[^\r\n])"?(?:\r\n?|\n)/iu.exec(text);
  if (said !== null) {
    return { text: text.slice(said[0].length), separator: said.groups?.['separator'] ?? ',' };
  }
  const header = firstLine(text);
  const [first] = SEPARATORS.map((separator) => ({
    separator,
    count: countIn(header, separator),
  })).toSorted((a, b) => b.count - a.count);
  return { text, separator: first === undefined || first.count === 0 ? ',' : first.separator };
}

/** The first line that holds something, without what stands in quotes. */
function firstLine(text: string): string {
  let line = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (line.trim() !== '') return line;
      line = '';
    } else if (!quoted) line += character;
  }
  return line;
}

function countIn(line: string, character: string): number {
  return line.split(character).length - 1;
}
