import type { Finding, GradeSummary } from '@labproof/grader';
import { formatCount } from '../format.ts';
import { html, type Markup } from '../document/markup.ts';
import { studentLinks } from './student-name.ts';
import { studentBox } from './answers/student-box.ts';
import { oneLine, renderStudentText } from './answers/student-text.ts';

/** What each kind is called; none of them is a verdict. */
const NAMES: Readonly<Record<Finding['kind'], string>> = {
  'identical-weights': 'Models with the same weights',
  'same-units': 'Models with the same hidden units in another order',
  'same-predictions': 'Models that make the same mistakes',
  'similar-answers': 'Answers with the same words',
  'above-band': 'Models better than any run should be',
  'test-images-memorised': 'Models that know the test images',
  'worse-on-hidden-images': 'Models that are much worse on hidden images',
};

/** Longer excerpts are cut; the reports hold the whole answers. */
const LONGEST_EXCERPT = 1500;

const anchorOf = ({ exercise, question }: Finding): string =>
  question ?? (exercise === null ? '' : `model-${exercise}`);

/** Numbers of any size, short: counts whole, shares and distances with four digits. */
function valueText(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toPrecision(4);
}

function renderExcerpts({ excerpts }: Finding): Markup | null {
  if (excerpts.length === 0) return null;
  return html`<details>
    <summary>What they wrote</summary>
    <div class="excerpts">
      ${excerpts.map(({ student, text }) =>
        studentBox(oneLine(student, 80), renderStudentText(text.slice(0, LONGEST_EXCERPT))),
      )}
    </div>
  </details>`;
}

function renderFinding(finding: Finding, grades: readonly GradeSummary[]): Markup {
  const { kind, students, exercise, question, message, statistic } = finding;
  const involved = students.flatMap(
    (student) => grades.find((grade) => grade.student === student) ?? [],
  );
  const about = [exercise, question]
    .filter((part) => part !== null)
    .map((part) => oneLine(part, 60));
  return html`<li class="finding">
    <h3>
      ${NAMES[kind]}${about.length > 0 && html` <span class="mono small">${about.join(', ')}</span>`}
    </h3>
    <p>${studentLinks(involved, anchorOf(finding), 12)}</p>
    <p>${oneLine(message, 600)}</p>
    <p class="muted small">
      ${capital(oneLine(statistic.name, 120))}: ${valueText(statistic.value)} (threshold
      ${valueText(statistic.threshold)}); ${oneLine(statistic.falseAlarms, 300)}.
    </p>
    ${renderExcerpts(finding)}
  </li>`;
}

/** What somebody should look at: copies, and models that are too good. It changes no grade. */
export function renderFindings(
  findings: readonly Finding[],
  grades: readonly GradeSummary[],
): Markup | null {
  if (findings.length === 0) return null;
  return html`<section id="findings">
    <h2>Worth a look</h2>
    <p class="lead">
      None of this changes a grade, and all of it can be innocent: look before you judge.
    </p>
    <ul class="alerts">
      ${findings.map((finding) => renderFinding(finding, grades))}
    </ul>
  </section>`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
