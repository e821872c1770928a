import type { Verdict } from '@labproof/core';
import type { Standing } from '@labproof/report';
import type { Night } from './night.ts';

/** What an earlier night found and this one did not look at as closely. */
export function openFindings(
  { exercises }: Night,
  standing: Standing | null,
): readonly { name: string; date: string; full: boolean; verdict: Verdict }[] {
  if (standing === null) return [];
  const tonight = new Map(exercises.map((one) => [`${one.lab}/${one.exercise}`, one]));
  return standing.open.flatMap(({ date, full, verdict, exercise }) => {
    const name = `${exercise.lab}/${exercise.exercise}`;
    const now = tonight.get(name);
    // This night's own findings stand in its lines already.
    const said =
      now !== undefined && JSON.stringify(now.details) === JSON.stringify(exercise.details);
    return said ? [] : [{ name, date, full, verdict }];
  });
}
