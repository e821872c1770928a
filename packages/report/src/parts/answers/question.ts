import type { CheckOutcome, Evidence, Grade, QuestionOutcome } from '@labproof/grader';
import { callout } from '../callout.ts';
import { renderEvidence } from './evidence.ts';
import { html, type Markup } from '../../document/markup.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { pointsText } from './points.ts';

/** What each kind of check is called on the page. */
const CHECK_WORDS: Readonly<Record<string, string>> = {
  architecture: 'The layers',
  'metric-in-band': 'Accuracy of the submitted weights',
  'claim-against-weights': 'The number in the answer',
  number: 'A number with a unit',
  plot: 'The figure',
  'free-text': 'The written answer',
  'word-count': 'The length of the answer',
  recipe: 'How the model was trained',
  history: 'The training log',
  'code-topology': 'The network in the code',
  contradiction: 'Two answers beside each other',
  'claim-against-output': 'The number beside the printed output',
  'misclassified-count': 'How many images are misclassified',
  'confusion-matrix': 'The confusion matrix',
  'not-too-good': 'Whether the accuracy can be right',
  reproduction: 'Training the recipe again',
  'playground-claim': 'Running the playground network again',
  refused: 'A file that cannot be read',
  missing: 'Nothing was handed in',
};

/** The name of a check for people; checks may carry a detail after a colon, as `claim-against-weights: loss`. */
export function checkName(check: string): string {
  const [kind = '', ...detail] = check.split(':');
  const name = CHECK_WORDS[kind.trim()] ?? kind.trim();
  return detail.length === 0 ? name : `${name} (${detail.join(':').trim()})`;
}

function renderCheck(check: CheckOutcome, alone: boolean): Markup {
  const { outcome, points, max, message, advice, evidence } = check;
  const shown = { given: points, pending: outcome === 'needs-review' ? max : 0, max };
  const waiting = outcome === 'needs-review' ? { ...shown, given: points ?? 0 } : shown;
  // A long answer may go over a page; anything else stays together in print.
  const long = evidence.some((item) => item.kind === 'text' && item.text.length > 600);
  return html`<div class="check${long && ' long'}">
    <header>
      <h4>${checkName(check.check)}</h4>
      ${!alone && outcomeBadge(outcome)}${!alone && html`<span class="num">${pointsText(waiting)}</span>`}
    </header>
    <p>${message}</p>
    ${advice !== null && callout('advice', 'What to do:', advice)} ${renderEvidence(evidence)}
  </div>`;
}

/** The text read for a question, where no evidence shows it already. */
function unshownAnswers(question: QuestionOutcome, grade: Grade): Evidence[] {
  const shown = new Set(
    [question.evidence, ...question.checks.map(({ evidence }) => evidence)]
      .flat()
      .flatMap((item) => (item.kind === 'text' ? [item.text.trim()] : [])),
  );
  return grade.answers
    .filter(({ question: id, text }) => id === question.question && text.trim() !== '')
    .filter(({ text }) => !shown.has(text.trim()))
    .map(({ heading, text }) => ({ kind: 'text', label: `Read under “${heading}”`, text }));
}

/** What the question's message says beyond the messages of its checks. */
function ownMessage({ message, checks }: QuestionOutcome): string {
  const rest = checks.reduce((left, check) => left.replace(check.message, ''), message);
  return rest.trim() === '' ? '' : message;
}

/** One question: what was read, measured, expected, why it gives these points and what to do next. */
export function renderQuestion(question: QuestionOutcome, grade: Grade): Markup {
  const { number, title, outcome, points, pending, max, checks } = question;
  const ofChecks = new Set(
    checks.flatMap(({ evidence }) => evidence.map((item) => JSON.stringify(item))),
  );
  const own = question.evidence.filter((item) => !ofChecks.has(JSON.stringify(item)));
  const remark = ownMessage(question);
  return html`<article class="question" id="${question.question}">
    <header>
      <div>
        <p class="eyebrow">Question ${number}</p>
        <h3>${title}</h3>
      </div>
      <div class="marks">
        <b>${pointsText({ given: points, pending, max })}</b>${outcomeBadge(outcome)}
      </div>
    </header>
    ${remark !== '' && html`<p>${remark}</p>`}
    ${renderEvidence([...unshownAnswers(question, grade), ...own])}
    ${checks.map((check) => renderCheck(check, checks.length === 1))}
  </article>`;
}
