import type { Night } from './night.ts';

const MARKS = {
  ok: '✅ ok',
  drifted: '⚠️ drifted',
  broken: '❌ broken',
  'not-run': '– not run',
} as const;

/** The night as Markdown for a GitHub job summary. */
export function nightSummary({ verdict, exercises }: Night): string {
  const rows = exercises.map(
    ({ lab, exercise, identity, fixedSeeds, freshSeeds }) =>
      `| ${lab}/${exercise} | ${MARKS[identity]} | ${MARKS[fixedSeeds]} | ${MARKS[freshSeeds]} |`,
  );
  const details = exercises.flatMap(({ lab, exercise, details }) =>
    details.map((detail) => `- **${lab}/${exercise}** ${escapeMarkdown(detail)}`),
  );
  return [
    `## Labproof: ${MARKS[verdict]}`,
    '',
    '| exercise | identity | fixed seeds | fresh seeds |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...details,
    '',
  ].join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|]/gu, String.raw`\$&`).replaceAll(/\s+/gu, ' ');
}
