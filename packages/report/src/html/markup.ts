import { escapeXml } from '../plots/svg.ts';

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
  if (Array.isArray(child)) return (child as readonly Child[]).map((part) => render(part)).join('');
  return escapeXml(String(child));
}

/** HTML from a template: every value is escaped unless it is markup; `null` and `false` give nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  return new Markup(
    strings.reduce((text, part, index) => text + part + render(values[index] ?? null), ''),
  );
}

/** Declares text to be HTML that needs no escaping: the caller answers for it. */
export function trusted(text: string): Markup {
  return new Markup(text);
}
