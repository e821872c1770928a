import type { Grade } from '@labproof/grader';
import { html, type Markup } from '../../document/markup.ts';
import { studentBox } from './student-box.ts';
import { oneLine, renderStudentText } from './student-text.ts';

type Picture = NonNullable<Grade['pictures']>[number];

/** What was read as the answer to one question. */
export interface ReadAnswer {
  readonly texts: readonly { readonly heading: string; readonly text: string }[];
  readonly pictures: readonly Picture[];
}

/** The answer that a grade holds for a question; `null` where nothing was read for it. */
export function answerIn(grade: Grade, question: string): ReadAnswer | null {
  const texts = grade.answers.filter(
    ({ question: id, text }) => id === question && text.trim() !== '',
  );
  const pictures = (grade.pictures ?? []).filter(({ question: id }) => id === question);
  return texts.length + pictures.length === 0 ? null : { texts, pictures };
}

const BASE64 = /^[A-Za-z0-9+/]+=*$/;

function renderPicture({ path, png, width, height }: Picture): Markup {
  const name = oneLine(path, 120);
  if (!BASE64.test(png)) return html`<p class="picture">[${name} is not shown]</p>`;
  return html`<figure class="own">
    <img
      src="data:image/png;base64,${png}"
      width="${width}"
      height="${height}"
      alt="Picture ${name}"
    />
    <figcaption class="mono">${name}</figcaption>
  </figure>`;
}

/** An answer as harmless HTML in a frame: Markdown, code, formulas and pictures. */
export function renderAnswer(
  { texts, pictures }: ReadAnswer,
  label: string = 'Your answer',
): Markup {
  return studentBox(
    label,
    html`${texts.map(({ heading, text }) => [
      texts.length > 1 && html`<p class="picture">Under “${oneLine(heading, 120)}”:</p>`,
      renderStudentText(text),
    ])}${pictures.map((picture) => renderPicture(picture))}`,
  );
}
