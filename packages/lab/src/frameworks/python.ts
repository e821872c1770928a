/** A value of JSON as Python writes it, lists as tuples. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (Array.isArray(value)) {
    const items = value.map((item) => literal(item));
    return items.length === 1 ? `(${items.join('')},)` : `(${items.join(', ')})`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, entry]) => `${literal(key)}: ${literal(entry)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  // A JSON string is a Python string of the same characters; numbers of JavaScript's are Python's, too.
  return JSON.stringify(value);
}

/** Longest line of a call that is not broken. */
const WIDE = 96;

/** `name(a, b=1)`, an argument a line where it would be wide. */
export function call(name: string, given: readonly string[]): string {
  const line = `${name}(${given.join(', ')})`;
  return line.length <= WIDE
    ? line
    : `${name}(\n${given.map((each) => `    ${each},\n`).join('')})`;
}

/** `name=value` for each entry that is there. */
export function named(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${literal(value)}`],
  );
}

/** Text of a lab in a comment: one line, whatever it holds. */
export function comment(text: string): string {
  return `# ${text.replaceAll(/\s+/gu, ' ').trim()}`;
}

/** A number that stays one with a decimal point: Keras 3 takes no other for a learning rate. */
export function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
