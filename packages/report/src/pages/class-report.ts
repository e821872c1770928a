import type { Lab } from '@labproof/lab';
import { type Finding, type GradeSummary, refusalOf } from '@labproof/grader';
import { formatFixed, formatPercent, formatPlural, formatPoints } from '../format.ts';
import { drawAccuracyStrip } from '../plots/accuracy-strip.ts';
import { drawQuestionDifficulty } from '../plots/question-difficulty.ts';
import { drawScoreDistribution } from '../plots/score-distribution.ts';
import {
  commonFailures,
  questionStatistics,
  readGrades,
  sameWeights,
  waitingQuestions,
} from './class-statistics.ts';
import { renderContents, type Section } from '../parts/contents.ts';
import { chartFigure, legend } from '../parts/figure.ts';
import { renderFindings } from '../parts/findings.ts';
import { type ClassNoteText, renderNotes } from '../parts/notes.ts';
import { html, type Markup } from '../document/markup.ts';
import { outcomeBadge, statusBadge } from '../parts/answers/outcome-badge.ts';
import { renderPage } from '../document/page.ts';
import { displayName, reportHref, studentLinks } from '../parts/student-name.ts';
import { renderStudentTable, TABLE_SCRIPT, TABLE_SCRIPT_HASH } from './student-table.ts';
import { oneLine } from '../parts/answers/student-text.ts';

export interface ClassReportInput {
  readonly grades: readonly GradeSummary[];
  readonly lab: Lab;
  /** What a person should look at, copies among it; without it equal weights are still found. */
  readonly findings?: readonly Finding[];
  /** What else should be known of the class: who handed in nothing, whose time nobody knows. */
  readonly notes?: readonly ClassNoteText[];
  /** A date to print, as it shall read; without it the page has none. */
  readonly date?: string;
}

const byStudent = (a: GradeSummary, b: GradeSummary): number =>
  a.student < b.student ? -1 : a.student > b.student ? 1 : 0;

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function renderMasthead(
  grades: readonly GradeSummary[],
  lab: Lab,
  date: string | undefined,
): Markup {
  const read = readGrades(grades);
  const scores = read.flatMap(({ score }) => (score === null ? [] : [score]));
  const average = mean(scores);
  const max = grades[0]?.max ?? 0;
  const answersOnly = grades.filter((grade) => refusalOf(grade) === 'answers').length;
  const count = (status: GradeSummary['status']): number =>
    grades.filter((grade) => grade.status === status).length;
  return html`<p class="eyebrow">
      ${lab.title} · version ${lab.version}${date !== undefined && ` · ${date}`}
    </p>
    <div><h1>${formatPlural(grades.length, 'submission')}</h1></div>
    <div></div>
    <dl class="tiles" style="grid-column:1/-1;margin-top:1rem">
      <div>
        <dt>final</dt>
        <dd>${count('final')}</dd>
      </div>
      <div>
        <dt>need manual grading</dt>
        <dd>${count('needs-review')}</dd>
      </div>
      <div>
        <dt>could not be read</dt>
        <dd>
          ${count('refused')}${
            answersOnly > 0 && html` <small>of ${answersOnly} only the answers</small>`
          }
        </dd>
      </div>
      <div>
        <dt>broken, our fault</dt>
        <dd>${count('broken')}</dd>
      </div>
      ${
        average !== null &&
        html`<div>
          <dt>mean of the points decided so far</dt>
          <dd>${formatFixed(average, 1)} <small>of ${formatPoints(max)}</small></dd>
        </div>`
      }
    </dl>`;
}

/** Broken and refused submissions: they need a person before anything else. */
function renderAttention(grades: readonly GradeSummary[]): Markup | null {
  const order = { broken: 0, refused: 1, 'needs-review': 2, final: 3 } as const;
  const urgent = grades
    .flatMap((grade) =>
      grade.status === 'broken' || grade.status === 'refused' || grade.problem !== null
        ? [{ grade, status: grade.status }]
        : [],
    )
    .toSorted((a, b) => order[a.status] - order[b.status] || byStudent(a.grade, b.grade));
  const models = grades.flatMap((grade) =>
    grade.status === 'refused' || grade.status === 'broken'
      ? []
      : grade.models.flatMap(({ exercise, refused }) =>
          refused === null ? [] : [{ grade, exercise, refused }],
        ),
  );
  if (urgent.length + models.length === 0) return null;
  return html`<section id="attention">
    <h2>Look here first</h2>
    <ul class="alerts">
      ${urgent.map(
        ({ grade, status }) =>
          html`<li class="${status}">
            <span
              >${statusBadge(grade)} <a href="${reportHref(grade)}">${displayName(grade)}</a></span
            ><span
              >${grade.problem?.message ?? 'Some of its checks failed by our fault; its report says which.'}</span
            >${grade.problem !== null && html`<span class="muted">${grade.problem.fix}</span>`}
          </li>`,
      )}${models.map(
        ({ grade, exercise, refused }) =>
          html`<li class="refused">
            <span
              >${outcomeBadge('refused')}
              <a href="${reportHref(grade, `model-${exercise}`)}">${displayName(grade)}</a>, model
              <span class="mono">${oneLine(exercise, 60)}</span></span
            ><span>${refused.message}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function renderWaiting(grades: readonly GradeSummary[]): Markup | null {
  const waiting = waitingQuestions(grades);
  if (waiting.length === 0) return null;
  return html`<section id="waiting">
    <h2>Needs manual grading</h2>
    <p class="lead">One question at a time, over all students: each link opens the answer.</p>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" class="right">Answers</th>
          <th scope="col">Open</th>
        </tr>
      </thead>
      <tbody>
        ${waiting.map(
          ({ question, number, title, students }) =>
            html`<tr>
              <td><b>Q${number}</b> ${title}</td>
              <td class="right num" data-label="Submissions:">${students.length}</td>
              <td>${studentLinks(students.toSorted(byStudent), question, 40)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function renderQuestions(grades: readonly GradeSummary[]): Markup | null {
  const read = readGrades(grades);
  if (read.length === 0) return null;
  const questions = questionStatistics(read);
  const scores = drawScoreDistribution({
    id: 'scores',
    scores: read.flatMap(({ score }) => (score === null ? [] : [score])),
    max: read.reduce((most, { max }) => Math.max(most, max), 0),
  });
  const difficulty = drawQuestionDifficulty({ id: 'difficulty', questions });
  return html`<section id="results">
    <h2>Scores and questions</h2>
    <div class="plots">
      ${chartFigure(scores, html`<p>${scores.description}</p>`)}${chartFigure(difficulty, html`<p>Solid: given. Dashed outline: needs manual grading. ${difficulty.description}</p>`)}
    </div>
    <div class="scroll" role="region" aria-label="Questions" tabindex="0" style="margin-top:1.4rem">
      <table class="questions">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col" class="right">Points given</th>
            <th scope="col" class="right">To grade</th>
            <th scope="col" class="right">Passed</th>
            <th scope="col" class="right">Not passed</th>
            <th scope="col" class="right">Missing</th>
            <th scope="col" class="right">Discrimination</th>
          </tr>
        </thead>
        <tbody>
          ${questions.map(
            ({ number, title, given, pending, outcomes, discrimination }) =>
              html`<tr>
                <td><b>Q${number}</b> ${title}</td>
                <td class="right num">
                  ${pending > 0 && given === 0 ? '–' : formatPercent(given, 0)}
                </td>
                <td class="right num">${outcomes['needs-review'] ?? 0}</td>
                <td class="right num">${outcomes.passed ?? 0}</td>
                <td class="right num">
                  ${(outcomes.failed ?? 0) + (outcomes.partial ?? 0) + (outcomes.refused ?? 0)}
                </td>
                <td class="right num">${outcomes.missing ?? 0}</td>
                <td class="right num">
                  ${discrimination === null ? '–' : formatFixed(discrimination, 2)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="muted small note">
      Points given: mean share of the points, “–” while only a reader can give any. Discrimination:
      correlation of a question’s points with those of all other questions. Near 0 or below, the
      question does not tell strong from weak work; “–” where all did the same or fewer than three
      are decided.
    </p>
  </section>`;
}

function renderFailures(grades: readonly GradeSummary[]): Markup | null {
  const failures = commonFailures(grades, 12);
  if (failures.length === 0) return null;
  return html`<section id="failures">
    <h2>Common mistakes</h2>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Outcome</th>
          <th scope="col" class="right">How many</th>
          <th scope="col">Who</th>
        </tr>
      </thead>
      <tbody>
        ${failures.map(
          ({ question, number, what, outcome, message, students }) =>
            html`<tr>
              <td>
                <b>Q${number}</b> ${what}<br /><span class="muted small"
                  >for example: ${oneLine(message, 160)}</span
                >
              </td>
              <td>${outcomeBadge(outcome)}</td>
              <td class="right num" data-label="Submissions:">${students.length}</td>
              <td>${studentLinks(students.toSorted(byStudent), question, 5)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function renderAccuracies(grades: readonly GradeSummary[], lab: Lab): Markup | null {
  const charts = lab.exercises.flatMap(({ id, title, bands }) => {
    const marked = grades.flatMap((grade) =>
      grade.models.flatMap(({ exercise, evaluation }) =>
        exercise === id && evaluation !== null
          ? [{ label: oneLine(displayName(grade), 24), value: evaluation.accuracy }]
          : [],
      ),
    );
    if (marked.length === 0) return [];
    const chart = drawAccuracyStrip({
      id: `accuracy-${id}`,
      trials: bands?.trials.map(({ accuracy }) => accuracy) ?? [],
      bound: bands?.test.accuracyLower ?? null,
      marked,
      markedName: 'submissions',
    });
    return [{ ...chart, title }];
  });
  if (charts.length === 0) return null;
  return html`<section id="accuracies">
    <h2>Test accuracy against the band</h2>
    <div class="stack">
      ${legend([
        ['trial', 'a reference trial'],
        ['value', 'a submission'],
        ['bound', 'lower tolerance bound'],
      ])}
      <div class="plots">
        ${charts.map((chart) => chartFigure(chart, html`<p>${chart.description}</p>`))}
      </div>
    </div>
  </section>`;
}

function renderSameWeights(grades: readonly GradeSummary[]): Markup | null {
  const groups = sameWeights(grades);
  if (groups.length === 0) return null;
  return html`<section id="same">
    <h2>Models with the same weights</h2>
    <p class="lead">
      Equal in every bit. Two people who train with the same seed on the same software can get there
      honestly; so look before you judge.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Exercise</th>
          <th scope="col">Students</th>
        </tr>
      </thead>
      <tbody>
        ${groups.map(
          ({ exercise, students }) =>
            html`<tr>
              <td class="mono">${oneLine(exercise, 60)}</td>
              <td>${studentLinks(students.toSorted(byStudent), `model-${exercise}`, 10)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/**
 * The report of a class: every student, then what needs a person, scores, questions, common mistakes and accuracies
 * against the band. A small script sorts and searches the table; without it the page reads fully.
 */
export function renderClassReport(input: ClassReportInput): string {
  const { lab, date } = input;
  const grades = input.grades.toSorted(byStudent);
  const sections: Section[] = [
    {
      id: 'students',
      name: 'Students',
      content: html`<section id="students" class="students-page">
        <h2>Students</h2>
        ${renderStudentTable(grades)}
      </section>`,
    },
    { id: 'attention', name: 'Look here first', content: renderAttention(grades) },
    { id: 'waiting', name: 'Needs manual grading', content: renderWaiting(grades) },
    { id: 'notes', name: 'Notes on the class', content: renderNotes(input.notes ?? []) },
    { id: 'results', name: 'Scores and questions', content: renderQuestions(grades) },
    { id: 'failures', name: 'Common mistakes', content: renderFailures(grades) },
    { id: 'accuracies', name: 'Accuracies', content: renderAccuracies(grades, lab) },
    input.findings === undefined
      ? { id: 'same', name: 'Same weights', content: renderSameWeights(grades) }
      : { id: 'findings', name: 'Worth a look', content: renderFindings(input.findings, grades) },
  ];
  return renderPage({
    title: `${lab.title} · ${formatPlural(grades.length, 'submission')}`,
    footer: `${lab.title} · ${formatPlural(grades.length, 'submission')}`,
    width: 'wide',
    header: renderMasthead(grades, lab, date),
    main: html`${renderContents(sections)} ${sections.map(({ content }) => content)}`,
    script: { code: TABLE_SCRIPT, hash: TABLE_SCRIPT_HASH },
  });
}
