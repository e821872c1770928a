import type { CheckOutcome, Evidence, Grade } from '@labproof/grader';
import { decimalsThatSeparate, formatValue } from '../format.ts';
import { html, type Markup } from './markup.ts';
import { outcomeBadge } from './outcome-badge.ts';
import { oneLine } from './student-text.ts';

type Measurement = Extract<Evidence, { kind: 'measurement' }>;

const STATED = /claim|stat|report|written|answer/i;

interface Claim {
  readonly stated: Measurement | undefined;
  readonly measured: Measurement | undefined;
}

/** Of the measurements of a check, the one that the student stated and the one that was taken. */
function sidesOf({ evidence }: CheckOutcome): Claim {
  const values = evidence.filter((item) => item.kind === 'measurement');
  const stated = values.find(({ label }) => STATED.test(label));
  return { stated, measured: values.find((item) => item !== stated) };
}

/** Every number that an answer states, beside what the submitted weights give. */
export function renderClaims(grade: Grade): Markup | null {
  const rows = grade.outcomes.flatMap((question) =>
    question.checks
      .filter(({ check, outcome }) => check.startsWith('claim') && outcome !== 'missing')
      .map((check) => ({ question, check, ...sidesOf(check) })),
  );
  if (rows.length === 0) return null;
  const show = (value: Measurement | undefined, other: Measurement | undefined): string => {
    if (value === undefined) return '–';
    const exact = value.unit === 'accuracy' || value.unit === 'loss';
    const decimals =
      exact && other !== undefined
        ? decimalsThatSeparate(value.value, other.value, value.unit)
        : undefined;
    return formatValue(value.value, value.unit, decimals);
  };
  return html`<section id="claims">
    <h2>Claims beside measurements</h2>
    <p class="lead">
      What the answers say, and what the submitted weights do on the same test set.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" class="right">Claimed</th>
          <th scope="col" class="right">Measured</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ question, check, stated, measured }) =>
            html`<tr>
              <td>
                <a href="#${question.question}">Q${question.number}</a> ${oneLine(question.title)}
              </td>
              <td class="right num">${show(stated, measured)}</td>
              <td class="right num">${show(measured, stated)}</td>
              <td>${outcomeBadge(check.outcome)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
