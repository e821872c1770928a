import { editionForReturn, type Lab } from '@labproof/lab';
import {
  asksFor,
  checkKinds,
  type Grade,
  type QuestionOutcome,
  selfCheck,
  studentGrade,
  refusalOf,
  writtenId,
} from '@labproof/grader';
import { formatPlural, formatPoints } from '../format.ts';
import type { TestImage } from '../plots/digit-sprite.ts';
import {
  beforeHandingIn,
  pointsText,
  questionsText,
  type ToMend,
} from '../parts/before-handing-in.ts';
import { callout } from '../parts/callout.ts';
import { renderClaims } from '../parts/answers/claims.ts';
import { renderContents, type Section } from '../parts/contents.ts';
import { renderFoundFiles } from '../parts/found-files.ts';
import { renderGlyphs } from '../parts/glyphs.ts';
import { renderHowToRead } from './how-to-read.ts';
import { html, type Markup } from '../document/markup.ts';
import { renderModels } from '../parts/models/model-section.ts';
import { statusBadge } from '../parts/answers/outcome-badge.ts';
import { renderPage } from '../document/page.ts';
import { pointsBar } from '../parts/answers/points.ts';
import { type ReportRelease, renderRelease } from '../parts/release.ts';
import { renderProvenance } from '../parts/provenance.ts';
import { renderQuestions } from '../parts/student-questions.ts';
import { studentBox } from '../parts/answers/student-box.ts';
import { displayName } from '../parts/student-name.ts';
import { oneLine, renderStudentText } from '../parts/answers/student-text.ts';

/** Whom a report is for. A student's has no rubric, no key and nothing that is there for readers. */
type Audience = 'instructor' | 'student';

export interface StudentReportInput {
  readonly grade: Grade;
  readonly lab: Lab;
  /** Pictures of misclassified test images by exercise; those that the evaluation names are shown. */
  readonly misclassifiedImages: Readonly<Record<string, readonly TestImage[]>>;
  /** Class names by dataset; without them a class is called by its number. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  /** A date to print, as it shall read; without it the page has none. */
  readonly date?: string;
  /** `instructor` unless told. Where it is `student`, what a student must not see does not get into the page. */
  readonly audience?: Audience;
  /** Which version of the report is given out, and what is another than in the one before. */
  readonly release?: ReportRelease;
}

/** What of the input may be shown: everything below is made from this alone. */
function visible(input: StudentReportInput): StudentReportInput {
  if (input.audience !== 'student') return input;
  return {
    ...input,
    grade: studentGrade(input.grade),
    lab: editionForReturn(input.lab, checkKinds),
  };
}

/** What a page under a student edition begins with: what to do before handing in, and what the page is. */
function renderSelfCheck(grade: Grade, lab: Lab): Markup {
  return html`<section id="self-check" aria-label="Before you hand in">
    ${grade.problem === null && renderToDo(grade, lab)}
    ${callout(
      'note',
      'A self-check, and no grade.',
      html`<p>
        The checks are those of grading, with what a student edition of the lab holds. In grading a
        person reads the written answers by a
        rubric${asksForModels(lab) && ', models may also be tried on images that nobody has seen'},
        and what is unusual is looked at.
      </p>`,
    )}
  </section>`;
}

function renderToDo(grade: Grade, lab: Lab): Markup {
  const check = selfCheck(grade, lab);
  const { unanswered, unansweredLost, models, mend } = beforeHandingIn(check);
  return html`<h2>Before you hand in</h2>
    <p class="lead">${pointsText(check)}</p>
    ${
      unanswered.length + models.length + mend.length === 0
        ? html`<p>There is nothing to fix.</p>`
        : html`<ol>
            ${
              unanswered.length > 0 &&
              html`<li>
                <b>Answer ${questionsText(unanswered)}</b>: nothing was found there
                (${formatPlural(unansweredLost, 'point')}).
              </li>`
            }
            ${
              models.length > 0 &&
              html`<li>
                <b>Hand in ${models.length === 1 ? 'a model' : 'models'}</b> for
                ${models.join(', ')}, for example as
                <span class="mono">models/${models[0] ?? ''}.keras</span>.
              </li>`
            }
            ${mend.map((item) => renderToMend(item, grade))}
          </ol>`
    }`;
}

function renderToMend({ questions, lost, state, what, how }: ToMend, grade: Grade): Markup {
  const links = questions.map((number, index) => [
    index > 0 && ', ',
    html`<a href="#${anchorOf(grade, number)}">Q${number}</a>`,
  ]);
  const points = state === 'not-checked' ? 'not checked here' : formatPlural(lost, 'point');
  return html`<li>
    ${links} (${points}): ${oneLine(what, 400)}${how !== null && html` <b>${oneLine(how, 400)}</b>`}
  </li>`;
}

function anchorOf({ outcomes }: Grade, number: number): string {
  return outcomes.find((outcome) => outcome.number === number)?.question ?? '';
}

function asksForModels(lab: Lab): boolean {
  return lab.questions.some((question) => asksFor('model', question));
}

function renderScore(grade: Grade): Markup {
  const { score, pending, max } = grade;
  const waits = pending > 0 ? `, up to ${formatPoints(pending)} more after manual grading` : '';
  const number =
    score === null
      ? html`<b aria-hidden="true">–</b> <span class="hidden">No score</span
          ><span>/ ${formatPoints(max)}</span>`
      : html`<b>${formatPoints(score)}</b>
          <span>/ ${formatPoints(max)}<span class="hidden"> points${waits}</span></span>`;
  return html`<div class="score">
    ${number}
    <p>${statusBadge(grade)}</p>
  </div>`;
}

function renderMasthead(
  grade: Grade,
  outcomes: readonly QuestionOutcome[],
  date: string | undefined,
): Markup {
  const { score, pending, max } = grade;
  const identity = [
    ...(grade.name === null ? [] : [oneLine(writtenId(grade), 80)]),
    ...(date === undefined ? [] : [date]),
  ].join(' · ');
  return html`<p class="eyebrow">${grade.lab.title} · version ${grade.lab.version}</p>
    <div>
      <p class="eyebrow">Student</p>
      <h1>${displayName(grade)}</h1>
      ${identity !== '' && html`<p class="sub">${identity}</p>`}
    </div>
    ${renderScore(grade)} ${pointsBar({ given: score, pending, max })}
    <ul class="barkey">
      ${
        score !== null &&
        html`<li>
          <span class="bar" aria-hidden="true"><i class="given" style="width:100%"></i></span
          >${formatPoints(score)} ${score === 1 ? 'point' : 'points'} decided
        </li>`
      }${
        pending > 0 &&
        html`<li>
          <span class="bar" aria-hidden="true"><i class="pending" style="width:100%"></i></span
          >${formatPoints(pending)} ${pending === 1 ? 'point needs' : 'points need'} manual grading
        </li>`
      }
    </ul>
    ${renderGlyphs(outcomes)}`;
}

function renderProblem(grade: Grade): Markup | null {
  const { problem, status } = grade;
  if (problem === null) return null;
  const kind = status === 'broken' ? 'broken' : status === 'refused' ? 'refused' : 'needs-review';
  const heading =
    kind === 'needs-review'
      ? 'This submission takes more than grading has: all of it needs manual grading.'
      : kind === 'broken'
        ? 'The grader failed on this submission. This is our fault: there is no score, and no zero.'
        : refusalOf(grade) === 'answers'
          ? 'The answers could not be read. What the models earned stands.'
          : 'Nothing of this submission could be read.';
  return html`<section id="problem" aria-label="What went wrong">
    ${callout(
      kind,
      heading,
      html`<p>${problem.message}</p>
        <p><b>What to do:</b> ${problem.fix}</p>
        <p class="muted small mono">${problem.code}</p>`,
    )}
  </section>`;
}

/** Points taken off for a late hand-in stand beside the score, never inside a question. */
function renderLateness({ lateness }: Grade): Markup | null {
  if (lateness === undefined) return null;
  const heading =
    lateness.deduction > 0
      ? `Late: ${formatPoints(lateness.deduction)} off the score.`
      : lateness.periods > 0
        ? 'Late.'
        : 'In time.';
  return html`<section id="lateness" aria-label="When it was handed in">
    ${callout('note', heading, oneLine(lateness.message, 400))}
  </section>`;
}

/** Text that belongs to no question: shown, never dropped. */
function renderUnmatched(grade: Grade): Markup | null {
  const texts = grade.answers.filter(
    ({ question, text }) => question === null && text.trim() !== '',
  );
  if (texts.length === 0) return null;
  return html`<section id="unmatched">
    <h2>Text that matches no question</h2>
    <p class="lead">
      No check could look at it. Where a question needs manual grading because of it, a person reads
      it. If it answers a question, put it under a heading that names the question.
    </p>
    <div class="stack">
      ${texts.map(({ heading, text }) =>
        studentBox(`Under “${oneLine(heading) || 'no heading'}”`, renderStudentText(text)),
      )}
    </div>
  </section>`;
}

/**
 * The report of one student: a complete HTML document that loads nothing, runs nothing and prints well.
 * All text of the submission is escaped or sanitised. The same input gives the same bytes.
 */
export function renderStudentReport(input: StudentReportInput): string {
  const { grade, lab, misclassifiedImages, classes = {}, date, audience, release } = visible(input);
  // A submission that could not be read has the same reason everywhere: it is told once, at the top.
  const told = grade.problem?.message;
  const outcomes = grade.outcomes.filter(
    ({ checks }) => told === undefined || checks.some(({ message }) => message !== told),
  );
  const name = displayName(grade);
  const isSelfCheck = lab.edition === 'student' && audience !== 'student';
  const lostName = isSelfCheck ? 'What would cost points' : 'What cost points';
  const { lost, waiting, full } = renderQuestions(outcomes, grade, { lab, lostName });
  const sections: Section[] = [
    { id: 'lost', name: lostName, content: lost },
    { id: 'waiting', name: 'Needs manual grading', content: waiting },
    { id: 'full', name: 'Full points', content: full },
    { id: 'unmatched', name: 'Unmatched text', content: renderUnmatched(grade) },
    {
      id: 'models',
      name: 'Models',
      content: renderModels(grade, { lab, classes, images: misclassifiedImages }),
    },
    { id: 'claims', name: 'Claims', content: renderClaims(grade) },
    { id: 'found', name: 'What was found', content: renderFoundFiles(grade) },
    {
      id: 'reading',
      name: 'How to read this page',
      content: outcomes.length === 0 ? null : renderHowToRead(grade),
    },
    { id: 'provenance', name: 'Provenance', content: renderProvenance(grade, lab) },
  ];
  return renderPage({
    title: `${name} · ${grade.lab.title}`,
    footer: `${grade.lab.title} · ${name}`,
    header: renderMasthead(grade, outcomes, date),
    main: html`${isSelfCheck && renderSelfCheck(grade, lab)} ${renderContents(sections)}
    ${release !== undefined && renderRelease(release)} ${renderProblem(grade)}
    ${renderLateness(grade)} ${sections.map(({ content }) => content)}`,
  });
}
