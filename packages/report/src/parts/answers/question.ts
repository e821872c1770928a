import type { Question } from '@labproof/lab';
import {
  type CheckOutcome,
  checkTitle,
  type Evidence,
  type Grade,
  type QuestionOutcome,
} from '@labproof/grader';
import { callout } from '../callout.ts';
import { renderLabText } from '../lab-text.ts';
import { html, type Markup } from '../../document/markup.ts';
import { answerIn, type ReadAnswer, renderAnswer } from './answer.ts';
import { renderEvidence } from './evidence.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { pointsText } from './points.ts';

/** What a question came to for its student: points are gone, a person decides the rest, or all of them are there. */
export type Standing = 'lost' | 'waiting' | 'full';

/** Points are lost also where nobody can say how many, because the grader failed. */
export function standingOf({ points, pending, max, outcome }: QuestionOutcome): Standing {
  if (points === null || max - points - pending > 1e-9) return 'lost';
  return pending > 0 || outcome === 'needs-review' ? 'waiting' : 'full';
}

interface Shown {
  readonly question: QuestionOutcome;
  readonly grade: Grade;
  /** The question as the lab asks it; absent where the lab has it no more. */
  readonly asked: Question | undefined;
}

/** A short excerpt says where to look in an answer; a long one would only repeat it. */
const LONG_EXCERPT = 200;

function repeats(item: Evidence, { texts, pictures }: ReadAnswer): boolean {
  if (item.kind === 'image') return pictures.some(({ path }) => path === item.path);
  if (item.kind !== 'text') return false;
  const excerpt = item.text.trim();
  return texts.some(
    ({ text }) =>
      text.includes(excerpt) && (excerpt.length > LONG_EXCERPT || excerpt === text.trim()),
  );
}

/** What a check rests on, besides the answer that is shown already; folded where it passed. */
function foldEvidence(
  { outcome, evidence }: CheckOutcome,
  answer: ReadAnswer | null,
): Markup | null {
  const news = evidence.filter((item) => answer === null || !repeats(item, answer));
  const shown = renderEvidence(news);
  if (shown === null || outcome !== 'passed') return shown;
  return html`<details class="more">
    <summary>What was read and measured</summary>
    ${shown}
  </details>`;
}

function renderCheck(
  check: CheckOutcome,
  answer: ReadAnswer | null,
  shows: { readonly heading: boolean; readonly advice: boolean },
): Markup {
  const { outcome, points, max, message, advice } = check;
  const waits = outcome === 'needs-review';
  const marks = { given: waits ? (points ?? 0) : points, pending: waits ? max : 0, max };
  // Whoever prints the page learns nothing from a check that only says that a person reads.
  const isQuiet = waits && advice === null;
  return html`<div class="check ${outcome}${isQuiet && ' quiet'}">
    <header>
      <h4>${checkTitle(check.check)}</h4>
      ${shows.heading && outcomeBadge(outcome)}${shows.heading && html`<span class="num">${pointsText(marks)}</span>`}
    </header>
    <p>${message}</p>
    ${advice !== null && shows.advice && callout('advice', 'How to fix it:', advice)}
    ${foldEvidence(check, answer)}
  </div>`;
}

/** Everything about a question below its heading. One piece of advice is given once, by the last check that has it. */
function renderBody({ question, grade, asked }: Shown): Markup {
  const { checks } = question;
  const answer = answerIn(grade, question.question);
  const nothing = answer === null && checks.every(({ outcome }) => outcome === 'missing');
  const prompt =
    asked === undefined
      ? null
      : html`<div class="prompt lab-text">${renderLabText(asked.prompt)}</div>`;
  if (nothing && checks.length > 0) return html`${prompt}${renderNothing(checks)}`;
  const lastWith = new Map(checks.map(({ advice }, index) => [advice, index]));
  return html`${prompt}${answer !== null && renderAnswer(answer)}
  ${checks.map((check, index) =>
    renderCheck(check, answer, {
      heading: checks.length > 1,
      advice: lastWith.get(check.advice) === index,
    }),
  )}`;
}

/** A question without an answer: what is missing is said once, however many checks miss it. */
function renderNothing(checks: readonly CheckOutcome[]): Markup {
  const messages = [...new Set(checks.map(({ message }) => message))];
  const advices = [...new Set(checks.flatMap(({ advice }) => advice ?? []))];
  return html`<div class="check missing">
    <p>${messages.join(' ')}</p>
    ${advices.length > 0 && callout('advice', 'How to fix it:', advices.join(' '))}
  </div>`;
}

function renderHead({ number, title, points, pending, max, outcome }: QuestionOutcome): Markup {
  return html`<span class="title"
      ><span class="eyebrow">Question ${number}</span>
      <h3>${title}</h3></span
    ><span class="marks"
      ><b>${pointsText({ given: points, pending, max })}</b>${outcomeBadge(outcome)}</span
    >`;
}

/** One question: what was asked, answered, measured and expected, why it gives these points and what to do next. */
export function renderQuestion(shown: Shown): Markup {
  const { question } = shown;
  return html`<article class="question ${standingOf(question)}" id="${question.question}">
    <header>${renderHead(question)}</header>
    ${renderBody(shown)}
  </article>`;
}

/** A question with all its points: a line that unfolds. In print only the line is left. */
export function renderFoldedQuestion(shown: Shown): Markup {
  const { question } = shown;
  return html`<details class="question full">
    <summary>${renderHead(question)}</summary>
    <div id="${question.question}">${renderBody(shown)}</div>
  </details>`;
}
