import type { FoundFile } from '@labproof/submission';
import type { Grade } from '@labproof/grader';
import { formatPlural } from '../format.ts';
import { type Child, html, type Markup } from '../document/markup.ts';
import { oneLine } from './answers/student-text.ts';

const ROLES: Readonly<Record<FoundFile['role'], string>> = {
  answers: 'Answers',
  model: 'Model',
  weights: 'Weights',
  history: 'Training history',
  image: 'Picture',
  declaration: 'Declaration',
  ignored: 'Not used',
};

/** More files than these are counted, not listed. */
const MOST_FILES = 60;

/** More questions than these are counted. */
const MOST_NAMES = 5;

function matchedTo(file: FoundFile): Child {
  if (file.matched.length === 0) return null;
  const names = file.matched.map((id) => oneLine(id, 60)).join(', ');
  if (file.matched.length <= MOST_NAMES) return html` for ${names}`;
  return html` for <span title="${names}">${formatPlural(file.matched.length, 'question')}</span>`;
}

function renderFile(file: FoundFile): Markup {
  return html`<li>
    <span class="mono">${oneLine(file.path)}</span>
    <span
      ><span class="role">${ROLES[file.role]}${matchedTo(file)}:</span>
      <span class="why">${oneLine(file.why, 400)}</span></span
    >
  </li>`;
}

/** What was handed in, what each file was taken for and why: the first thing that a student has to check. */
export function renderFoundFiles(grade: Grade): Markup {
  const used = grade.files.filter(({ role }) => role !== 'ignored');
  const listed = [...used, ...grade.files.filter(({ role }) => role === 'ignored')];
  const left = listed.length - MOST_FILES;
  return html`<section id="found">
    <h2>What was found</h2>
    <p class="lead">
      ${
        listed.length === 0
          ? 'No file of this submission could be read.'
          : `${formatPlural(listed.length, 'file')}, ${used.length} of them used. If something is missing here, it was not graded.`
      }
    </p>
    ${grade.handIn !== undefined && html`<p class="muted small">${oneLine(grade.handIn.why, 300)}</p>`}
    ${
      listed.length > 0 &&
      html`<ul class="files">
        ${listed.slice(0, MOST_FILES).map((file) => renderFile(file))}
      </ul>`
    }
    ${left > 0 && html`<p class="muted">and ${formatPlural(left, 'more file')}; grade.json lists them all.</p>`}
  </section>`;
}
