import { type ExerciseVerification, type LabproofError, VERIFIED_PARTS } from '@labproof/core';
import type { Standing } from '@labproof/report';
import { headline, whatParts, worstFirst } from './findings.ts';
import type { Night } from './night.ts';
import { openFindings } from './open-findings.ts';

const MARKS = {
  ok: '✅ ok',
  drifted: '⚠️ drifted',
  broken: '❌ broken',
  'not-run': '– not run',
} as const;

/** Exercises whose causes stand above the table. */
const MOST_AT_THE_HEAD = 10;

/** The night as Markdown for a GitHub job summary. Its head is how the labs stand, and not what a quick look saw. */
export function nightSummary(night: Night, standing: Standing | null): string {
  const { verdict, full, exercises, left } = night;
  const open = openFindings(night, standing);
  const head =
    open.length === 0
      ? MARKS[verdict]
      : `${MARKS[standing?.verdict ?? verdict]} since an earlier night (this ${full ? 'full' : 'quick'} one: ${MARKS[verdict]})`;
  const sorted = worstFirst(exercises);
  const found = sorted.filter(({ cause }) => cause !== undefined);
  const rows = sorted.map(
    (one) =>
      `| ${one.lab}/${one.exercise} | ${VERIFIED_PARTS.map((part) => MARKS[one[part]]).join(' | ')} |`,
  );
  const more = found.length - MOST_AT_THE_HEAD;
  return [
    `## Labproof: ${head}`,
    '',
    ...open.map(
      ({ name, date, verdict: found }) => `- **${name}** still ${MARKS[found]} from ${date}`,
    ),
    ...(open.length === 0 ? [] : ['']),
    ...whatParts(found).map((line) => `- ${escapeMarkdown(line)}`),
    ...found.slice(0, MOST_AT_THE_HEAD).map((one) => `- ${escapeMarkdown(headline(one))}`),
    ...(more > 0 ? [`- and ${more} more, below`] : []),
    ...(found.length === 0 ? [] : ['']),
    ...(left.length === 0 ? [] : [`Not run, the time was over: ${left.join(', ')}`, '']),
    '| exercise | calibration | identity | evaluation | fixed seeds | fresh seeds |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...sorted.flatMap(detailsOf),
    '',
  ].join('\n');
}

/** A night that could not begin, for a GitHub job summary. */
export function failureSummary({ message, fix, code }: LabproofError): string {
  return [
    `## Labproof: ${MARKS.broken}`,
    '',
    ...message.split('\n').map((line) => escapeMarkdown(line).trim()),
    '',
    `What to do: ${escapeMarkdown(fix)} (${escapeMarkdown(code)})`,
    '',
  ].join('\n');
}

function detailsOf({ lab, exercise, details }: ExerciseVerification): readonly string[] {
  return details.map((detail) => `- **${lab}/${exercise}** ${escapeMarkdown(detail)}`);
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|]/gu, String.raw`\$&`).replaceAll(/\s+/gu, ' ');
}
