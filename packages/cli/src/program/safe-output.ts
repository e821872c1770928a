import type { World } from './context.ts';

/** What this program itself writes of orders to stdout of a terminal: the styles of its tables. */
// oxlint-disable-next-line no-control-regex
const STYLES = /(\u001B\[(?:[012]|3[1-5])m)/u;
/** And to stderr: a bar is drawn over, always by a text of its own that begins so. */
// oxlint-disable-next-line no-control-regex
const DRAWN_OVER = /^(\r\u001B\[K)/u;
const ORDERS =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * A world whose output gives no orders to a terminal: control characters (C0, C1) and characters that turn the direction
 * of writing around are written as `\u009b` is written in JSON, so that `--json` stays the same data. Names of files, notes
 * and texts of models come from students.
 */
export function withSafeOutput<Any extends World>(world: Any): Any {
  return {
    ...world,
    out: (text: string) => world.out(safe(text, world.colour ? STYLES : null)),
    err: (text: string) => world.err(safe(text, world.interactive ? DRAWN_OVER : null)),
  };
}

function safe(text: string, own: RegExp | null): string {
  if (own === null) return escaped(text);
  // What is caught by the parentheses stands at the odd places.
  return text
    .split(own)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('');
}

/** A line may end as Windows ends it. */
function escaped(text: string): string {
  return text.replaceAll(ORDERS, (order, at: number) =>
    order === '\r' && text[at + 1] === '\n'
      ? order
      : `\\u${(order.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
