import { escapeXml } from '@labproof/submission';

/** Text that is HTML already. Only `html` and `trusted` make it, so a plain string can never become markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | null | false | readonly Child[];

function render(child: Child): string {
  if (child === null || child === false) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'string') return escapeXml(child);
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
