import { VERIFIED_PARTS } from '@labproof/core';
import type { Standing } from '@labproof/report';
import type { Night } from './night.ts';
import { openFindings } from './open-findings.ts';

const MARKS = {
  ok: '✅ ok',
  drifted: '⚠️ drifted',
  broken: '❌ broken',
  'not-run': '– not run',
} as const;

/** The night as Markdown for a GitHub job summary. Its head is how the labs stand, and not what a quick look saw. */
export function nightSummary(night: Night, standing: Standing | null): string {
  const { verdict, full, exercises, left } = night;
  const open = openFindings(night, standing);
  const head =
    open.length === 0
      ? MARKS[verdict]
      : `${MARKS[standing?.verdict ?? verdict]} since an earlier night (this ${full ? 'full' : 'quick'} one: ${MARKS[verdict]})`;
  const rows = exercises.map(
    (one) =>
      `| ${one.lab}/${one.exercise} | ${VERIFIED_PARTS.map((part) => MARKS[one[part]]).join(' | ')} |`,
  );
  const details = exercises.flatMap(({ lab, exercise, details }) =>
    details.map((detail) => `- **${lab}/${exercise}** ${escapeMarkdown(detail)}`),
  );
  return [
    `## Labproof: ${head}`,
    '',
    ...open.map(
      ({ name, date, verdict: found }) => `- **${name}** still ${MARKS[found]} from ${date}`,
    ),
    ...(open.length === 0 ? [] : ['']),
    ...(left.length === 0 ? [] : [`Not run, the time was over: ${left.join(', ')}`, '']),
    '| exercise | calibration | identity | evaluation | fixed seeds | fresh seeds |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...details,
    '',
  ].join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|]/gu, String.raw`\$&`).replaceAll(/\s+/gu, ' ');
}
