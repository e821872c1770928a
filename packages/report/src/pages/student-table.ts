import { type GradeSummary, writtenId } from '@labproof/grader';
import { oneLine } from '../parts/answers/student-text.ts';
import { formatPoints } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import { statusBadge, statusName } from '../parts/answers/outcome-badge.ts';
import { pointsText } from '../parts/answers/points.ts';
import { displayName, reportHref } from '../parts/student-name.ts';

/** Sorting and searching for the table of students; the page reads fully without it. */
export const TABLE_SCRIPT: string = `(() => {
'use strict';
const table = document.querySelector('table.students');
const body = table.tBodies[0];
const rows = [...body.rows];
const key = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent;
const sort = (column, down) => {
  const compare = (a, b) => {
    const x = key(a, column), y = key(b, column), nx = Number(x), ny = Number(y);
    const numbers = x !== '' && y !== '' && !Number.isNaN(nx) && !Number.isNaN(ny);
    return numbers ? nx - ny : x < y ? -1 : x > y ? 1 : 0;
  };
  rows.sort((a, b) => (down ? -1 : 1) * compare(a, b));
  body.append(...rows);
};
[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    sort(column, down);
  });
});
const search = document.querySelector('.search');
const input = search.querySelector('input');
const count = search.querySelector('output');
search.hidden = false;
input.addEventListener('input', () => {
  const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown++;
  }
  count.textContent = words.length === 0 ? '' : shown + ' of ' + rows.length + ' shown';
});
})();`;

/** The script's entry in the content security policy; a test holds it to the script. */
export const TABLE_SCRIPT_HASH: string = 'sha256-Lg1jLtXC4o6hZsP6LxI9FePS/XkqQu0Bb3r17qRKb44=';

/** The points of one question, in words where there are none because nothing was handed in; it leads to the answer. */
function renderCell(grade: GradeSummary, id: string): Markup {
  const outcome = grade.outcomes.find(({ question }) => question === id);
  if (outcome === undefined || outcome.points === null)
    return html`<td class="right num q" data-value="-1">–</td>`;
  const word =
    (outcome.outcome === 'missing' && 'missing') ||
    (outcome.outcome === 'refused' && outcome.points === 0 && 'not read');
  const shown =
    word !== false
      ? html`<span class="word">${word}</span>`
      : outcome.pending > 0
        ? '?'
        : formatPoints(outcome.points);
  return html`<td class="right num q" data-value="${outcome.points}">
    <a href="${reportHref(grade, id)}">${shown}</a>
  </td>`;
}

/** Every submission with its status and the points of each question, linked to its report. */
export function renderStudentTable(grades: readonly GradeSummary[]): Markup {
  const questions = grades
    .toSorted((a, b) => b.outcomes.length - a.outcomes.length)[0]
    ?.outcomes.toSorted((a, b) => a.number - b.number);
  const named = grades.some(({ name }) => name !== null);
  return html`<div class="search" hidden>
      <label for="find">Find a student or a status</label
      ><input id="find" type="search" autocomplete="off" /><output
        aria-live="polite"
        class="muted small"
      ></output>
    </div>
    <div class="scroll" role="region" aria-label="Students" tabindex="0">
      <table class="students">
        <thead>
          <tr>
            <th scope="col">Student</th>
            ${named && html`<th scope="col">Id</th>`}
            <th scope="col">Status</th>
            <th scope="col" class="right">Score</th>
            <th scope="col" class="right">To grade</th>
            ${(questions ?? []).map(({ number }) => html`<th scope="col" class="right q">Q${number}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${grades.map(
            (grade) =>
              html`<tr>
                <td class="name" data-value="${displayName(grade)}">
                  <a href="${reportHref(grade)}">${displayName(grade)}</a>
                </td>
                ${named && html`<td class="mono">${oneLine(writtenId(grade), 80)}</td>`}
                <td data-value="${statusName(grade)}">${statusBadge(grade)}</td>
                <td class="right num" data-value="${grade.score ?? -1}">
                  ${pointsText({ given: grade.score, pending: 0, max: grade.max })}
                </td>
                <td class="right num" data-value="${grade.pending}">
                  ${grade.pending > 0 ? formatPoints(grade.pending) : ''}
                </td>
                ${(questions ?? []).map(({ question: id }) => renderCell(grade, id))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="muted small note">
      Every number leads to the answer. “?” needs manual grading; “missing”: nothing was handed in
      for it; “not read”: a file that it needs could not be read; “–”: no score.
    </p>`;
}
