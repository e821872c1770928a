import { formatPlural } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import { oneLine } from './answers/student-text.ts';

/** What should be known of a class: a line, and everybody and everything that it is about. */
export interface ClassNoteText {
  readonly message: string;
  readonly about: readonly string[];
}

/** Notes of a kind in a line each; long lists fold. `null` where there are none. */
export function renderNotes(notes: readonly ClassNoteText[]): Markup | null {
  if (notes.length === 0) return null;
  return html`<section id="notes">
    <h2>Notes on the class</h2>
    <ul>
      ${notes.map(
        ({ message, about }) =>
          html`<li>
            ${oneLine(message, 600)}${
              about.length > 1 &&
              html`<details>
                <summary>All ${formatPlural(about.length, 'name')}</summary>
                <p>${about.map((name) => oneLine(name, 120)).join(', ')}</p>
              </details>`
            }
          </li>`,
      )}
    </ul>
  </section>`;
}
