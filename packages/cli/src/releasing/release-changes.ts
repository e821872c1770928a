import type { Grade } from '@labproof/grader';
import type { OpenRoom } from '@labproof/review';
import type { ReleaseChange } from '@labproof/report';

/** Points by question; `null` where a check broke. */
export type PointsByQuestion = Readonly<Record<string, number | null>>;

export function pointsOf({ outcomes }: Grade): PointsByQuestion {
  return Object.fromEntries(outcomes.map(({ question, points }) => [question, points]));
}

/** What is another for a student than in the release before, and why: appeals first, also those that changed nothing. */
export function releaseChanges(
  { room }: OpenRoom,
  grade: Grade,
  before: PointsByQuestion,
): ReleaseChange[] {
  const { appeals, releases, standing } = room.record;
  const last = releases.at(-1)?.id ?? '';
  return grade.outcomes.flatMap(({ question, number, title, points }) => {
    const key = `${grade.student}:${question}`;
    const decided = appeals.filter(
      ({ answer, decision }) => answer === key && decision !== null && decision.id > last,
    );
    const was = before[question] ?? null;
    if (decided.length === 0 && was === points) return [];
    const why = decided.flatMap(({ item, decision }) => {
      if (decision === null) return [];
      const concept = room.items(question).find(({ id }) => id === item)?.concept;
      const about = concept === undefined ? '' : ` about “${concept}”`;
      const outcome = decision.outcome === 'changed' ? 'changed' : 'kept';
      return [`You appealed${about}, and the mark was ${outcome}: ${decision.reason}`];
    });
    if (why.length === 0) {
      const mark = standing.get(key)?.findLast(({ id }) => id > last);
      why.push(
        mark === undefined
          ? 'The answers were graded again.'
          : (mark.reason ?? 'A person has read the answer again.'),
      );
    }
    return [{ question, number, title, before: was, after: points, why }];
  });
}
