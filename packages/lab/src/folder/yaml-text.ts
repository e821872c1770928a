import { stringify } from 'yaml';

/** Lines end at this column where they can. */
const WIDTH = 100;
/** Longer texts stand on lines of their own and not in a row with others: of a list, or of the fields of a group. */
const SHORT_ITEM = 60;
const SHORT_FIELD = 30;
/** Items of a list that take more lines are set apart by an empty one. */
const LONG_ITEM = 8;

/**
 * A value as YAML that people edit: long texts folded below their field, small things on one line
 * (`{ kind: plot, points: 1 }`), and the options of a layer in a row that goes on below.
 */
export function yamlText(value: object): string {
  return `${fieldLines(value, 0).join('\n')}\n`;
}

function fieldLines(value: object, indent: number): string[] {
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
    field === undefined ? [] : lines(field, indent + 2, `${' '.repeat(indent)}${single(name)}: `),
  );
}

function itemLines(items: readonly unknown[], indent: number): string[] {
  return items.flatMap((item, index) => {
    const dash = `${' '.repeat(indent)}- `;
    const [first = '', ...rest] = lines(item, indent + 2, dash);
    // The first field of an item stands beside its dash.
    const [second = '', ...others] = rest;
    const all =
      first === dash.trimEnd() ? [dash + second.trimStart(), ...others] : [first, ...rest];
    return index > 0 && all.length > LONG_ITEM ? ['', ...all] : all;
  });
}

/** The lines of one field or item: `head` is its name or its dash, and what goes on below stands at `indent`. */
function lines(value: unknown, indent: number, head: string): string[] {
  const margin = ' '.repeat(indent);
  if (!isGroup(value)) {
    if (isLong(value, WIDTH - head.length)) {
      return [
        `${head}>-`,
        ...filled(value.split(' '), WIDTH - indent).map((line) => margin + line),
      ];
    }
    const [first = '', ...rest] = single(value).split('\n');
    return [head + first, ...rest.map((line) => (line === '' ? '' : margin + line.slice(2)))];
  }
  const below = (): string[] => [
    head.trimEnd(),
    ...(Array.isArray(value) ? itemLines(value, indent) : fieldLines(value, indent)),
  ];
  if (Array.isArray(value) && value.some(isGroup)) return below();
  const row = inRow(value).join(' ');
  if (isShort(value) && head.length + row.length <= WIDTH) return [head + row];
  if (isRow(value)) {
    const [first = '', ...rest] = filled(inRow(value), WIDTH - indent, head.length - indent);
    return [head + first, ...rest.map((line) => margin + line)];
  }
  return below();
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value is a text that is folded: one paragraph, without spaces that folding would lose. */
function isLong(value: unknown, width: number): value is string {
  return typeof value === 'string' && value.length > width && /^\S+(?: \S+)*$/u.test(value);
}

/** Whether nothing in a value is a long text. */
function isShort(value: unknown, limit = SHORT_ITEM): boolean {
  if (typeof value === 'string') return value.length <= limit && !value.includes('\n');
  const inner = Array.isArray(value) ? SHORT_ITEM : SHORT_FIELD;
  return !isGroup(value) || Object.values(value).every((item) => isShort(item, inner));
}

/** Whether a value is made of things that are short and of short lists of such. */
function isRow(value: object): boolean {
  return Object.values(value).every(
    (item: unknown) =>
      isShort(item, Array.isArray(value) ? SHORT_ITEM : SHORT_FIELD) &&
      (!isGroup(item) || (Array.isArray(item) && !item.some((inner) => isGroup(inner)))),
  );
}

/** A value as it stands in a row, in the pieces between which a line may be broken. */
function inRow(value: unknown): string[] {
  if (!isGroup(value)) {
    return [stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(2, -2)];
  }
  const list = Array.isArray(value);
  const pieces = Object.entries(value).map(([name, item]: [string, unknown]) => {
    const text = inRow(item).join(' ');
    return list ? text : `${inRow(name)[0]}: ${text}`;
  });
  const separated = pieces.map((piece, index) => (index < pieces.length - 1 ? `${piece},` : piece));
  if (!list) return separated.length === 0 ? ['{}'] : ['{', ...separated, '}'];
  const [first = '', ...rest] = separated;
  return rest.length === 0
    ? [`[${first}]`]
    : [`[${first}`, ...rest.slice(0, -1), `${rest.at(-1)}]`];
}

/** Pieces in lines of at most `width` characters, of which `used` are taken on the first. */
function filled(pieces: readonly string[], width: number, used = 0): string[] {
  const result: string[] = [];
  let current = '';
  let room = width - used;
  for (const piece of pieces) {
    if (current !== '' && current.length + 1 + piece.length > room) {
      result.push(current);
      room = width;
      current = piece;
    } else current = current === '' ? piece : `${current} ${piece}`;
  }
  return [...result, current];
}

/** Lines that a block of text keeps as they are. */
const PLAIN_LINES = /^(?:\S|\S[^\n\t]*\S)(?:\n+(?:\S|\S[^\n\t]*\S))*\n?$/u;

/** A single value; the lines after the first of a text with line breaks are indented by two. */
function single(value: unknown): string {
  // Every other text is written with escapes: JSON's are YAML's, too.
  if (typeof value === 'string' && value.includes('\n') && !PLAIN_LINES.test(value)) {
    return JSON.stringify(value);
  }
  // One line break ends it; spaces of other kinds may end the text.
  return stringify({ x: value }, { lineWidth: 0 }).slice('x: '.length, -1);
}
