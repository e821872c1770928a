import type { CheckOutcome, Evidence, Grade } from '@labproof/grader';
import { decimalsThatSeparate, formatValue } from '../../format.ts';
import { html, type Markup } from '../../document/markup.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { oneLine } from './student-text.ts';

type Measurement = Extract<Evidence, { kind: 'measurement' }>;

/** How checks label the number that the student wrote; the other measurement is the one that was taken. */
const STATED = /^(?:stated|claimed)/i;

function sidesOf({ evidence }: CheckOutcome): {
  stated: Measurement | undefined;
  measured: Measurement | undefined;
} {
  const values = evidence.filter((item) => item.kind === 'measurement');
  return {
    stated: values.find(({ label }) => STATED.test(label)),
    measured: values.find(({ label }) => !STATED.test(label)),
  };
}

/** A value; where the claim does not hold, with enough decimals to tell it from the one beside it. */
function show(
  value: Measurement | undefined,
  other: Measurement | undefined,
  holds: boolean,
): string {
  if (value === undefined) return '–';
  const exact = value.unit === 'accuracy' || value.unit === 'loss';
  const decimals =
    exact && other !== undefined && !holds
      ? decimalsThatSeparate(value.value, other.value, value.unit)
      : undefined;
  return formatValue(value.value, value.unit, decimals);
}

/** Every number that an answer states, beside what the submitted weights give. */
export function renderClaims(grade: Grade): Markup | null {
  const rows = grade.outcomes.flatMap(({ question, number, title, checks }) =>
    checks.flatMap((check) => {
      const { stated, measured } = sidesOf(check);
      if (!check.check.startsWith('claim') || (stated ?? measured) === undefined) return [];
      const holds = check.outcome === 'passed';
      const metric = check.check.split(':')[1]?.trim() ?? '';
      return html`<tr>
        <td><a href="#${question}">Q${number}</a> ${oneLine(title)}</td>
        <td>${metric}</td>
        <td class="right num">${show(stated, measured, holds)}</td>
        <td class="right num">${show(measured, stated, holds)}</td>
        <td>${outcomeBadge(check.outcome)}</td>
      </tr>`;
    }),
  );
  if (rows.length === 0) return null;
  return html`<section id="claims">
    <h2>Claims beside measurements</h2>
    <p class="lead">
      What the answers say, and what the submitted weights do on the same test set.
    </p>
    <div class="scroll" role="region" aria-label="Claims beside measurements" tabindex="0">
      <table class="claims">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Metric</th>
            <th scope="col" class="right">Claimed</th>
            <th scope="col" class="right">Measured</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
