import { type GradeSummary, writtenId } from '@labproof/grader';
import { html, type Markup } from '../document/markup.ts';
import { oneLine } from './answers/student-text.ts';

/** The name that a page calls a student by. */
export function displayName(grade: GradeSummary): string {
  return oneLine(grade.name ?? writtenId(grade), 80) || 'Unnamed submission';
}

/** The student's report as seen from the class page: `<student>/report.html`, one folder down and never elsewhere. */
export function reportHref(grade: GradeSummary, anchor: string = ''): string {
  // A folder cannot be called "." or "..", and no encoding keeps a browser from following them.
  if (grade.student === '.' || grade.student === '..') return '#students';
  const fragment = anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
  return `./${encodeURIComponent(grade.student)}/report.html${fragment}`;
}

/** Links to the reports of several students: the first few at once, the others unfold. */
export function studentLinks(
  grades: readonly GradeSummary[],
  anchor: string,
  most: number,
): Markup {
  const links = (some: readonly GradeSummary[]): Markup =>
    html`<span class="links"
      >${some.map(
        (grade) => html`<a href="${reportHref(grade, anchor)}">${displayName(grade)}</a>`,
      )}</span
    >`;
  const left = grades.length - most;
  return html`${links(grades.slice(0, most))}${
    left > 0 &&
    html`<details class="rest">
      <summary>${left} more</summary>
      ${links(grades.slice(most))}
    </details>`
  }`;
}
