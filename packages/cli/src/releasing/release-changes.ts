import { type Grade, studentGrade } from '@labproof/grader';
import { READER_COMMENT } from '@labproof/class';
import { type AppealedMark, appealedMark, type OpenRoom } from '@labproof/review';
import type { ReleaseChange } from '@labproof/report';

/** Points by question; `null` where a check broke. */
export type PointsByQuestion = Readonly<Record<string, number | null>>;

/** What a student was told before: points, and the whole grade where the release kept it. */
export interface ToldBefore {
  readonly points: PointsByQuestion;
  readonly grade: Grade | null;
}

export function pointsOf({ outcomes }: Grade): PointsByQuestion {
  return Object.fromEntries(outcomes.map(({ question, points }) => [question, points]));
}

/**
 * What is another for a student than in the release before, and why: points, what readers wrote, items that they gave;
 * and appeals, also those that changed nothing.
 */
export function releaseChanges(
  { room }: OpenRoom,
  grade: Grade,
  before: ToldBefore,
): ReleaseChange[] {
  const { appeals, releases, standing } = room.record;
  const last = releases.at(-1)?.id ?? '';
  const told = studentGrade(grade);
  return grade.outcomes.flatMap(({ question, number, title, points }) => {
    const key = `${grade.student}:${question}`;
    const decided = appeals.filter(
      ({ answer, decision }) => answer === key && decision !== null && decision.id > last,
    );
    const was = before.points[question] ?? null;
    const words = before.grade === null ? [] : changedWords(before.grade, told, question);
    if (decided.length === 0 && was === points && words.length === 0) return [];
    const became = new Map(
      decided.map((appeal) => [appeal.appeal, appealedMark(room, appeal)?.became ?? 'same']),
    );
    const why = decided.flatMap(({ appeal, item, decision }) => {
      if (decision === null) return [];
      const concept = room.items(question).find(({ id }) => id === item)?.concept;
      const about = concept === undefined ? '' : ` about “${concept}”`;
      const what = answered(decision.outcome, became.get(appeal) ?? 'same');
      return [`You appealed${about}, and ${what}: ${decision.reason}`];
    });
    const isExplained = decided.some(
      ({ appeal, decision }) => decision?.outcome === 'changed' && became.get(appeal) === 'changed',
    );
    if (!isExplained && was !== points) {
      const mark = standing.get(key)?.findLast(({ id }) => id > last);
      why.push(
        mark === undefined
          ? 'The answers were graded again.'
          : (mark.reason ?? 'A person has read the answer again.'),
      );
    }
    return [{ question, number, title, before: was, after: points, why: [...why, ...words] }];
  });
}

/** What became of an appeal, whatever was said of it: a mark that is what it was has not been changed. */
function answered(outcome: 'changed' | 'kept', became: AppealedMark['became']): string {
  if (outcome === 'kept')
    return became === 'changed' ? 'that changed nothing' : 'the mark was kept';
  return {
    changed: 'the mark was changed',
    reworded: 'the mark was changed, with the same points',
    'set-back': 'the mark was changed and set back, so the points stay',
    same: 'the mark was kept',
  }[became];
}

/** What of a reader's words and items is another, as sentences. */
function changedWords(before: Grade, after: Grade, question: string): string[] {
  const [commentBefore, givenBefore] = saidIn(before, question);
  const [comment, given] = saidIn(after, question);
  return [
    ...(given === givenBefore ? [] : ['What was given of the rubric is another.']),
    ...(comment === commentBefore
      ? []
      : [
          commentBefore === ''
            ? 'The reader has written a comment.'
            : comment === ''
              ? 'The comment of the reader was taken back.'
              : 'The comment of the reader is another.',
        ]),
  ];
}

function saidIn({ outcomes }: Grade, question: string): [comment: string, given: string] {
  const evidence =
    outcomes
      .find((outcome) => outcome.question === question)
      ?.checks.flatMap((check) => {
        return check.byReader === true ? check.evidence : [];
      }) ?? [];
  const texts = evidence.flatMap((item) =>
    item.kind === 'text' && item.label === READER_COMMENT ? [item.text] : [],
  );
  const items = evidence.flatMap((item) => (item.kind === 'given' ? item.items : []));
  return [[...new Set(texts)].join('\n'), items.length === 0 ? '' : JSON.stringify(items)];
}
