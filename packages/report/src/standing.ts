import type { Lab } from '@labproof/lab';
import type { Night, NightExercise, NightVerdict } from './night.ts';
import { loudest, worstVerdict } from './parts/answers/verdict.ts';

/** One night's word on an exercise. */
interface Word {
  readonly date: string;
  readonly full: boolean;
  readonly exercise: NightExercise;
}

/** An exercise that is not in order, and the night that said so last. */
interface OpenFinding extends Word {
  readonly verdict: NightVerdict;
}

/** How the labs stand after all nights, whatever the last of them looked at. */
export interface Standing {
  readonly verdict: NightVerdict;
  /** What is red, the exercises in the order of their names. */
  readonly open: readonly OpenFinding[];
  /** The last night that trained anything to its end; `null` where there was none. */
  readonly lastFull: string | null;
}

const nameOf = ({ lab, exercise }: NightExercise): string => `${lab}/${exercise}`;

/** Whether a night trained an exercise to its end. Lines of former versions tell by what they looked at. */
function isFull({ full }: Night, { fixedSeeds, freshSeeds, measured }: NightExercise): boolean {
  return full ?? (fixedSeeds !== 'not-run' || freshSeeds !== 'not-run' || measured !== undefined);
}

/**
 * The last full night of each exercise speaks until the next full one: a quick night looks at a short prefix alone, so
 * it can add a finding and never take one back. Nights in any order; on one date the later one in the list is later.
 * Exercises that a lab of `labs` no longer has are left out.
 */
export function standingOf(nights: readonly Night[], labs: readonly Lab[]): Standing {
  const words = new Map<string, { full: Word | null; quick: Word | null }>();
  for (const night of nights.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))) {
    for (const exercise of night.exercises) {
      if (worstVerdict(exercise) === 'not-run' || isGone(exercise, labs)) continue;
      const word = wordOf(night, exercise);
      const before = words.get(nameOf(exercise)) ?? { full: null, quick: null };
      words.set(
        nameOf(exercise),
        word.full ? { full: word, quick: null } : { ...before, quick: word },
      );
    }
  }
  const standing = [...words.values()].flatMap(({ full, quick }) => [full, quick]);
  const said = standing.filter((word) => word !== null);
  const fullDates = said.flatMap(({ date, full }) => (full ? date : [])).toSorted();
  return {
    verdict: loudest(said.map(({ exercise }) => worstVerdict(exercise))),
    open: said
      .map((word): OpenFinding => ({ ...word, verdict: worstVerdict(word.exercise) }))
      .filter(({ verdict }) => verdict === 'drifted' || verdict === 'broken')
      .toSorted((a, b) => (nameOf(a.exercise) < nameOf(b.exercise) ? -1 : 1)),
    lastFull: fullDates.at(-1) ?? null,
  };
}

function isGone({ lab, exercise }: NightExercise, labs: readonly Lab[]): boolean {
  const known = labs.find(({ id }) => id === lab);
  return known !== undefined && known.exercises.every(({ id }) => id !== exercise);
}

/** What two looks at an exercise on one date come to: the later full one, and what a quick one after it adds. */
export function sameDate(before: Word, after: Word): Word {
  if (after.full || !before.full) return after;
  const { exercise } = before;
  const both = (part: 'calibration' | 'evaluation'): NightVerdict =>
    loudest([exercise[part] ?? 'not-run', after.exercise[part] ?? 'not-run']);
  return {
    ...before,
    exercise: {
      ...exercise,
      calibration: both('calibration'),
      identity: loudest([exercise.identity, after.exercise.identity]),
      evaluation: both('evaluation'),
      details: [...new Set([...exercise.details, ...after.exercise.details])],
    },
  };
}

/** An exercise of a night as a word on it. */
export function wordOf(night: Night, exercise: NightExercise): Word {
  return { date: night.date, full: isFull(night, exercise), exercise };
}
