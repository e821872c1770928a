import { html, type Markup } from '../../document/markup.ts';

/**
 * Frames what a student wrote or drew, under a label of ours that it cannot reach: nothing in the frame is painted
 * outside it. `content` is harmless markup already, as `renderStudentText` gives it.
 */
export function studentBox(label: string, content: Markup): Markup {
  return html`<div class="theirs">
    <p class="whose">${label}</p>
    <div class="quote">${content}</div>
  </div>`;
}
