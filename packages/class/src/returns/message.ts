import { formatDecimal, formatPlural } from '@labproof/submission';
import type { Grade } from '@labproof/grader';
import { READER_COMMENT } from '../reviews/reviews.ts';

/** A line of a message; longer comments of readers go on in the report. */
const LONGEST_COMMENT = 2000;

/** What to write to a student, as plain text: the points, what cost some, and what readers gave and wrote. Of a rubric nothing else. */
export function returnMessage(grade: Grade): string {
  const { score, pending, max, lateness, problem, lab } = grade;
  const lines = [
    `${lab.title}: ${score === null ? 'no score' : formatDecimal(score)} of ${formatPlural(max, 'point')}.`,
    ...(pending > 0
      ? [`Not final: ${formatPlural(pending, 'more point')} may come with manual grading.`]
      : []),
    ...(lateness === undefined ? [] : [lateness.message]),
    ...(problem === null ? [] : [`${problem.message} ${problem.fix}`]),
    '',
    ...grade.outcomes.map(
      ({ number, title, points, pending: open, max: most }) =>
        `Question ${number}, ${title}: ${points === null ? '–' : formatDecimal(points)}${open > 0 ? ' + ?' : ''} of ${formatDecimal(most)}`,
    ),
    ...commentsIn(grade),
  ];
  return `${lines.map(plainLine).join('\n').trim()}\n`;
}

/** Names of files are a student's own words: no orders to a terminal, and no other direction of writing. */
function plainLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trimEnd();
}

function commentsIn(grade: Grade): string[] {
  return grade.outcomes.flatMap(({ number, checks }) => {
    const given = checks.flatMap(({ evidence }) =>
      evidence.flatMap((item) =>
        item.kind === 'given'
          ? item.items.map(
              ({ concept, points, of }) =>
                `Given on question ${number}: ${formatDecimal(points)} of ${formatDecimal(of)} for “${concept}”`,
            )
          : [],
      ),
    );
    const texts = checks.flatMap(({ evidence }) =>
      evidence.flatMap((item) =>
        item.kind === 'text' && item.label === READER_COMMENT
          ? [item.text.slice(0, LONGEST_COMMENT)]
          : [],
      ),
    );
    return [
      ...(given.length === 0 ? [] : ['', ...given]),
      ...[...new Set(texts)].flatMap((text) => [
        '',
        ...`On question ${number}: ${text}`.split(/\r\n?|\n/u),
      ]),
    ];
  });
}
