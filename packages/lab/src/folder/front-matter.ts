/** A Markdown file that begins with fields between two lines of `---`. */
export interface FrontMatter {
  /** The YAML between the lines; begins on line 2 of the file. */
  readonly fields: string;
  readonly body: string;
  /** The line on which `body` begins, counted from 1. */
  readonly bodyLine: number;
}

/** Takes a file apart; `null` where it does not begin with `---` or no second `---` follows. */
export function readFrontMatter(text: string): FrontMatter | null {
  const match = /^---[ \t]*\n(?<fields>(?:[^\n]*\n)*?)---[ \t]*(?:\n|$)/u.exec(text);
  if (match === null) return null;
  const fields = match.groups?.['fields'] ?? '';
  return {
    fields,
    body: text.slice(match[0].length),
    bodyLine: match[0].split('\n').length,
  };
}
