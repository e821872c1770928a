import { html, type Markup } from '../document/markup.ts';

/** A part of a page: its heading's `id`, its short name in the contents, and what it shows, if anything. */
export interface Section {
  readonly id: string;
  readonly name: string;
  readonly content: Markup | null;
}

/** Links to the sections that are there. */
export function renderContents(sections: readonly Section[]): Markup {
  return html`<nav class="contents" aria-label="Contents">
    <ul>
      ${sections.map(({ id, name, content }) => content !== null && html`<li><a href="#${id}">${name}</a></li>`)}
    </ul>
  </nav>`;
}
