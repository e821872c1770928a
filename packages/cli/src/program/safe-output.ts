import type { World } from './context.ts';

/** What this program itself writes of orders to a terminal: colours, and taking the progress bar away. */
// oxlint-disable-next-line no-control-regex
const OWN_ORDERS = /(?:\r\u001B\[K|\u001B\[\d{1,3}(?:;\d{1,3}){0,3}m)/u;
// oxlint-disable-next-line no-control-regex
const ORDERS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A world whose output gives no orders to a terminal: control characters (C0, C1) and characters that turn the direction
 * of writing around are written as `\u009b` is written in JSON, so that `--json` stays the same data. Names of files, notes
 * and texts of models come from students.
 */
export function withSafeOutput<Any extends World>(world: Any): Any {
  return {
    ...world,
    out: (text: string) => world.out(safe(text, world.colour)),
    err: (text: string) => world.err(safe(text, world.interactive || world.colour)),
  };
}

function safe(text: string, ownOrders: boolean): string {
  if (!ownOrders) return escaped(text);
  return text
    .split(new RegExp(`(${OWN_ORDERS.source})`, 'u'))
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
