import { html, type Markup } from '../document/markup.ts';

/** Enough to tell any two apart; the same as on a terminal. */
const SHOWN = 16;

/** A SHA-256 as its first digits, which a click selects; a pointer over it shows all of them. */
export function digest(hex: string): Markup {
  return html`<code class="digest" title="${hex}" data-digest="${hex}"
    >${hex.slice(0, SHOWN)}</code
  >`;
}
