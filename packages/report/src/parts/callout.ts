import { type Child, html, type Markup } from '../document/markup.ts';

export type CalloutKind = 'advice' | 'refused' | 'broken' | 'needs-review' | 'note';

/** A remark that stands out from the text: what to do, or what went wrong. */
export function callout(kind: CalloutKind, heading: string, body: Child): Markup {
  return html`<div class="callout ${kind}"><strong>${heading}</strong> ${body}</div>`;
}
