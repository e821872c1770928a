import { escapeXml } from '@labproof/submission';

/** Text that is HTML already. Only `html` and `trusted` make it, so a plain string can never become markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | null | false | readonly Child[];

/** Characters that turn the direction of what stands around them, also of our own words. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** More marks on one letter than any language has: they would be painted over the lines above and below. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/** Text without what reaches beyond itself on a page, wherever it comes from. */
function tame(text: string): string {
  return text.replace(TURNING, '').replace(STACKED, '$1');
}

function render(child: Child): string {
  if (child === null || child === false) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'string') return escapeXml(tame(child));
  if (typeof child === 'number') return String(child);
  // Added up, not joined: joining would copy the whole page once for every list that it lies in.
  let text = '';
  for (const part of child) text += render(part);
  return text;
}

/** HTML from a template: every value is escaped unless it is markup; `null` and `false` give nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += render(value) + (strings[index + 1] ?? '');
  return new Markup(text);
}

/** Declares text to be HTML that needs no escaping: the caller answers for it. */
export function trusted(text: string): Markup {
  return new Markup(text);
}
