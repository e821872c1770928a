import {
  type CheckOutcome,
  checkTitle,
  type Evidence,
  type Grade,
  textsToRead,
} from '@labproof/grader';
import { exercisesOf, type Lab, type Question } from '@labproof/lab';
import { fontFaces, formulaStyle } from '../../document/fonts.ts';
import { html, type Markup } from '../../document/markup.ts';
import { STYLE } from '../../document/style.ts';
import { paletteCss } from '../../plots/palette.ts';
import { renderLabText } from '../lab-text.ts';
import { renderModelFacts } from '../models/model-section.ts';
import { answerIn, type ReadAnswer, renderAnswer } from './answer.ts';
import { renderEvidence } from './evidence.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { pointsText } from './points.ts';

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
  const own = answerIn(grade, question.id);
  const texts = textsToRead(grade, question.id).filter(({ text }) => text.trim() !== '');
  const answer = texts.length === 0 ? own : { texts, pictures: own?.pictures ?? [] };
  const outcome = grade.outcomes.find((entry) => entry.question === question.id);
  const checks = outcome?.checks ?? [];
  const facts = [
    ...checks.map((check) => renderFact(check, answer)),
    ...renderModelFacts(grade, lab, exercisesOf(question)),
  ];
  return {
    prompt: renderLabText(question.prompt).text,
    answer:
      answer === null
        ? html`<p class="muted">Nothing was read under this question.</p>`.text
        : renderAnswer(
            answer,
            own === null
              ? 'The answer, or text that may be it: no label names this question'
              : 'The answer',
          ).text,
    // The page that shows them has them right below its second level.
    facts: html`${facts}`.text.replaceAll(/<(\/?)h4>/gu, '<$1h3>'),
  };
}

/** A check without the answer, which stands beside it, and without the rubric, which is under the keys. */
function renderFact(check: CheckOutcome, answer: ReadAnswer | null): Markup {
  const { outcome, points, max, message, byReader } = check;
  const waits = outcome === 'needs-review' || byReader === true;
  const evidence = check.evidence.filter((item) => isFact(item, answer));
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

function isFact(item: Evidence, answer: ReadAnswer | null): boolean {
  // What an earlier reader gave and wrote is no measurement, and a second one must not know it.
  if (item.kind === 'rubric' || item.kind === 'given') return false;
  if (item.kind === 'image')
    return !(answer?.pictures ?? []).some(({ path }) => path === item.path);
  if (item.kind !== 'text') return true;
  return !(answer?.texts ?? []).some(({ text }) => text.trim() === item.text.trim());
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
