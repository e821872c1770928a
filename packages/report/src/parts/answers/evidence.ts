import { READER_COMMENT } from '@labproof/class';
import type { Evidence } from '@labproof/grader';
import {
  decimalsThatSeparate,
  formatCount,
  formatFixed,
  formatPercent,
  formatPlural,
  formatPoints,
  formatValue,
} from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';
import { renderPlaygroundEvidence } from './playground-evidence.ts';
import { studentBox } from './student-box.ts';
import { oneLine, renderStudentText } from './student-text.ts';

type Of<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>;

/** What was read first, then what was measured, then what was expected. */
const ORDER: Readonly<Record<Evidence['kind'], number>> = {
  given: -1,
  text: 0,
  image: 1,
  measurement: 2,
  playground: 2,
  difference: 3,
  bound: 4,
  rubric: 5,
};

/** Decimals that keep measured values and the bounds that they are held against apart. */
function decimalsAmong(evidence: readonly Evidence[], unit: 'accuracy' | 'loss'): number {
  const measured = evidence.flatMap((item) =>
    item.kind === 'measurement' && item.unit === unit ? [item.value] : [],
  );
  const bounds = evidence.flatMap((item) =>
    item.kind === 'bound' && item.side !== 'tolerance' && item.unit === unit ? [item.value] : [],
  );
  const pairs = measured.flatMap((one) =>
    bounds.map((other) => decimalsThatSeparate(one, other, unit)),
  );
  return pairs.reduce((most, decimals) => Math.max(most, decimals), unit === 'loss' ? 4 : 2);
}

function valueText(
  value: number,
  unit: Of<'measurement'>['unit'],
  evidence: readonly Evidence[],
): string {
  const decimals =
    unit === 'accuracy' || unit === 'loss' ? decimalsAmong(evidence, unit) : undefined;
  return formatValue(value, unit, decimals);
}

/** The allowed difference of a claim; a tolerance is small, so it is shown in the units of the claim itself. */
function toleranceText({ value, unit }: Of<'bound'>): string {
  if (unit === 'count') return `± ${formatCount(value)}`;
  const text = unit === 'accuracy' ? formatFixed(value * 100, 4) : formatFixed(value, 6);
  const short = text.replace(/\.?0+$/, '');
  return `± ${short}${unit === 'accuracy' ? ' percentage points' : ''}`;
}

const SIDES = { lower: 'at least', upper: 'at most' } as const;

function renderBound(bound: Of<'bound'>, evidence: readonly Evidence[]): Markup {
  const { side, source, n, coverage, confidence } = bound;
  const ground = [
    oneLine(source, 300),
    ...(n === null ? [] : [`from ${formatPlural(n, 'trial')}`]),
    ...(coverage === null
      ? []
      : [`covers ${formatPercent(coverage, coverage > 0.99 ? 1 : 0)} of all runs`]),
    ...(confidence === null ? [] : [`said with ${formatPercent(confidence, 0)} confidence`]),
  ].join(', ');
  return html`<dt>${bound.label}</dt>
    <dd>
      <b
        >${
          side === 'tolerance'
            ? toleranceText(bound)
            : `${SIDES[side]} ${valueText(bound.value, bound.unit, evidence)}`
        }</b
      ><small>${ground}</small>
    </dd>`;
}

function renderDifferences(differences: readonly Of<'difference'>[]): Markup {
  return html`<dt>Differences</dt>
    <dd>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Expected</th>
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          ${differences.map(
            ({ label, expected, found }) =>
              html`<tr>
                <td>${oneLine(label)}</td>
                <td>${oneLine(expected)}</td>
                <td><span class="differs">${oneLine(found) || 'nothing'}</span></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </dd>`;
}

/** What a search for a concept's words found: a hint to the reader, never a mark. */
const SUGGESTIONS = {
  found: 'its words are there',
  negated: 'its words are there, with a negation',
  'not-found': 'its words were not found',
} as const;

function renderSuggestion({ met, where }: Of<'rubric'>['items'][number]): Markup | null {
  if (met === undefined) return null;
  return html`<small
    >Search:
    ${SUGGESTIONS[met]}${where !== undefined && where !== '' && `: “${oneLine(where, 300)}”`}</small
  >`;
}

function renderRubric({ items }: Of<'rubric'>): Markup {
  return html`<dt>Rubric</dt>
    <dd>
      <ul class="rubric">
        ${items.map(
          (item) =>
            html`<li>
              <b>${item.concept}</b>, ${formatPlural(item.points, 'point')}:
              ${item.lookFor}${renderSuggestion(item)}
            </li>`,
        )}
      </ul>
    </dd>`;
}

/** What a reader gave; what was not given a student's page does not say. */
function renderGiven({ items }: Of<'given'>): Markup {
  return html`<dt>Given by the reader</dt>
    <dd>
      <ul class="rubric">
        ${items.map(
          ({ concept, points, of }) => html`<li><b>${concept}</b>: ${givenPoints(points, of)}</li>`,
        )}
      </ul>
    </dd>`;
}

function givenPoints(points: number, of: number): string {
  if (points < 0) return `${formatPlural(-points, 'point')} taken off`;
  return points === of
    ? formatPlural(points, 'point')
    : `${formatPoints(points)} of ${formatPlural(of, 'point')}`;
}

/** A reader's words, line by line as they were typed; a formula in them is one. */
function renderComment({ text }: Of<'text'>): Markup {
  return studentBox('What the reader wrote', renderStudentText(text.replaceAll('\n', '  \n')));
}

/** Code is shown as it stands; all else may be Markdown. */
function renderExcerpt({ label, text }: Of<'text'>): Markup {
  const isCode = /\bcode\b/i.test(label);
  return studentBox(
    'From the answer',
    isCode ? html`<pre><code>${text.slice(0, LONGEST_CODE)}</code></pre>` : renderStudentText(text),
  );
}

/** Characters of code that are shown; the whole of it stands in the answer. */
const LONGEST_CODE = 4000;

function renderItem(item: Exclude<Evidence, Of<'difference'>>, all: readonly Evidence[]): Markup {
  switch (item.kind) {
    case 'text':
      return html`<dt>${oneLine(item.label)}</dt>
        <dd>${item.label === READER_COMMENT ? renderComment(item) : renderExcerpt(item)}</dd>`;
    case 'image':
      return html`<dt>Picture</dt>
        <dd>
          <span class="mono">${oneLine(item.path)}</span
          ><small
            >${formatCount(item.width)} × ${formatCount(item.height)} pixels,
            ${item.blank ? 'blank' : 'not blank'}</small
          >
        </dd>`;
    case 'measurement':
      return html`<dt>${oneLine(item.label)}</dt>
        <dd><b>${valueText(item.value, item.unit, all)}</b></dd>`;
    case 'bound':
      return renderBound(item, all);
    case 'playground':
      return renderPlaygroundEvidence(item);
    case 'rubric':
      return renderRubric(item);
    case 'given':
      return renderGiven(item);
  }
}

/** The evidence of a check as a list of terms: read, measured, expected. */
export function renderEvidence(evidence: readonly Evidence[]): Markup | null {
  if (evidence.length === 0) return null;
  const ordered = evidence.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  const differences = ordered.filter((item) => item.kind === 'difference');
  const before = ordered.filter((item) => ORDER[item.kind] < ORDER.difference);
  const after = ordered.filter((item) => ORDER[item.kind] > ORDER.difference);
  const render = (items: readonly Evidence[]): Markup[] =>
    items.flatMap((item) => (item.kind === 'difference' ? [] : [renderItem(item, evidence)]));
  return html`<dl class="evidence">
    ${render(before)}${differences.length > 0 && renderDifferences(differences)}${render(after)}
  </dl>`;
}
