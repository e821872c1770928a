import type { Standing } from '@labproof/report';
import { formatPlural } from '@labproof/submission';
import { headline, whatParts, worstFirst } from './findings.ts';
import type { Night } from './night.ts';
import { openFindings } from './open-findings.ts';

/** Exercises whose causes stand at the head. */
const MOST_AT_THE_HEAD = 5;

/** The night as text: what is wrong and why at its head, the exercises with findings before the others, the verdict at the end. */
export function nightText(night: Night, standing: Standing | null): string {
  const { verdict, full, exercises, left } = night;
  const lines = worstFirst(exercises).flatMap((exercise) => [
    `${exercise.lab}/${exercise.exercise}: calibration ${exercise.calibration}, identity ${exercise.identity}, evaluation ${exercise.evaluation}, fixed seeds ${exercise.fixedSeeds}, fresh seeds ${exercise.freshSeeds}`,
    ...exercise.details.map((detail) => `  ${detail}`),
  ]);
  const cut = left.length === 0 ? '' : `, ${left.length} not run: the time was over`;
  const conclusion = `verdict: ${verdict}${full || exercises.length === 0 ? '' : ' (quick)'}${cut}`;
  return `${[
    ...head(night, conclusion),
    ...lines,
    ...openFindings(night, standing).map(
      ({ name, date, full: whole, verdict: found }) =>
        `still open: ${name}, ${found} in the ${whole ? 'full' : 'quick'} night of ${date}; verify --full looks again`,
    ),
    conclusion,
  ].join('\n')}\n`;
}

/** What to look at first; nothing where one exercise says it itself, or nothing is wrong. */
function head({ exercises }: Night, conclusion: string): string[] {
  const found = worstFirst(exercises).filter(({ cause }) => cause !== undefined);
  if (exercises.length < 2 || found.length === 0) return [];
  const more = found.length - MOST_AT_THE_HEAD;
  return [
    `${conclusion}; ${found.length} of ${formatPlural(exercises.length, 'exercise')} not as calibrated`,
    ...whatParts(found).map((line) => `  ${line}`),
    ...found.slice(0, MOST_AT_THE_HEAD).map((exercise) => `  ${headline(exercise)}`),
    ...(more > 0 ? [`  and ${more} more, below`] : []),
    '',
  ];
}
