import type { Grade } from '@labproof/grader';
import { formatPercent, formatPlural } from '@labproof/submission';
import type { SingleNote } from '../notes/class-note.ts';

/** A pass mark that is another one than in the results before, and whose checks came out otherwise by it. */
export interface MovedBound {
  readonly question: string;
  readonly before: number;
  readonly after: number;
  /** Whether the check that rests on it has another outcome now. */
  readonly moves: boolean;
}

/** The measured lower bounds of one student's grade that were others before. */
export function movedBounds(before: Grade, after: Grade): MovedBound[] {
  return after.outcomes.flatMap(({ question, checks }) => {
    const old = before.outcomes.find((outcome) => outcome.question === question)?.checks ?? [];
    return checks.flatMap((check, index): MovedBound[] => {
      const former = old[index];
      const [was, is] = [boundOf(former), boundOf(check)];
      if (former?.check !== check.check || was === null || is === null || was === is) return [];
      return [{ question, before: was, after: is, moves: former.outcome !== check.outcome }];
    });
  });
}

/** The bound that a check rests on: measured, and so with a number of runs and a coverage. */
function boundOf(check: Grade['outcomes'][number]['checks'][number] | undefined): number | null {
  for (const item of check?.evidence ?? []) {
    if (item.kind === 'bound' && item.side === 'lower' && item.coverage !== null) return item.value;
  }
  return null;
}

/** How many students a note names. */
const NAMED = 12;

/** A note for each question whose pass mark is another one than before: whom it moves, and whom not. */
export function movedBoundNotes(moved: ReadonlyMap<string, readonly MovedBound[]>): SingleNote[] {
  const questions = [...new Set([...moved.values()].flat().map(({ question }) => question))];
  return questions.map((question) => {
    const of = [...moved].flatMap(([student, bounds]) =>
      bounds
        .filter((bound) => bound.question === question)
        .slice(0, 1)
        .map((bound) => ({ student, ...bound })),
    );
    const [first] = of;
    const names = of.filter(({ moves }) => moves).map(({ student }) => student);
    const others = names.length - NAMED;
    const whom =
      names.length === 0
        ? 'no outcome changes by it'
        : `it changes the outcome of ${formatPlural(names.length, 'student')}: ${names.slice(0, NAMED).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
    const [was, is] = [first?.before ?? 0, first?.after ?? 0].map((value) =>
      formatPercent(value, 3),
    );
    return {
      kind: 'other',
      about: question,
      message: `The pass mark of ${question} was ${was} in the results before and is ${is}; ${whom}.`,
    };
  });
}
