import { type CheckOutcome, checkTitle, type Evidence, type Grade } from '@labproof/grader';
import { exercisesOf, type Lab, type Question } from '@labproof/lab';
import { fontFaces, formulaStyle } from '../../document/fonts.ts';
import { html, type Markup } from '../../document/markup.ts';
import { STYLE } from '../../document/style.ts';
import { paletteCss } from '../../plots/palette.ts';
import { renderLabText } from '../lab-text.ts';
import { renderModelFacts } from '../models/model-section.ts';
import { renderEvidence } from './evidence.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { pointsText } from './points.ts';
import { renderStudentText } from './student-text.ts';

/** What a reader sees of an answer, as fragments of HTML behind the walls of every report. */
export interface ReaderView {
  readonly prompt: string;
  readonly answer: string;
  /** What was measured; empty where nothing was. */
  readonly facts: string;
}

/** Renders an answer for a person who marks it. All text of the submission is sanitised; nothing in it loads or runs. */
export function renderForReader(
  grade: Grade,
  { lab, question }: { readonly lab: Lab; readonly question: Question },
): ReaderView {
  const answers = grade.answers.filter((answer) => answer.question === question.id);
  const outcome = grade.outcomes.find((entry) => entry.question === question.id);
  const checks = outcome?.checks ?? [];
  const texts = new Set(answers.map(({ text }) => text.trim()));
  const facts = [
    ...checks.map((check) => renderFact(check, texts)),
    ...renderModelFacts(grade, lab, exercisesOf(question)),
  ];
  return {
    prompt: renderLabText(question.prompt).text,
    answer: html`${
      answers.length === 0
        ? html`<p class="muted">Nothing was read under this question.</p>`
        : answers.map(({ text }) => renderStudentText(text))
    }`.text,
    facts: html`${facts}`.text,
  };
}

/** A check without the answer, which stands beside it, and without the rubric, which is under the keys. */
function renderFact(check: CheckOutcome, texts: ReadonlySet<string>): Markup {
  const { outcome, points, max, message, byReader } = check;
  const waits = outcome === 'needs-review' || byReader === true;
  const evidence = check.evidence.filter((item) => isFact(item, texts));
  return html`<div class="check">
    <header>
      <h4>${checkTitle(check.check)}</h4>
      ${!waits && outcomeBadge(outcome)}
      <span class="num"
        >${waits ? 'yours to mark' : pointsText({ given: points, pending: 0, max })}</span
      >
    </header>
    ${!waits && html`<p>${message}</p>`} ${renderEvidence(evidence)}
  </div>`;
}

function isFact(item: Evidence, texts: ReadonlySet<string>): boolean {
  if (item.kind === 'rubric') return false;
  return item.kind !== 'text' || !texts.has(item.text.trim());
}

/** The style sheet of reports, fonts and formulas inside, for a page that shows a reader's views. */
export function readerStyle(): string {
  return [
    fontFaces(),
    formulaStyle('class="katex"'),
    `:root{color-scheme:light dark;${paletteCss('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${paletteCss('dark')}}}`,
    STYLE,
  ].join('\n');
}
