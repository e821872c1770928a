import type { BodyOf } from '../marks/event.ts';
import type { Team } from './team.ts';

/** Who reads what as the file of the team says it, for the record. */
export function planOf({ readers, by, twice, seed }: Team): BodyOf<'planned'> {
  return {
    kind: 'planned',
    readers: readers.filter(({ reads }) => reads).map(({ name, role }) => ({ name, role })),
    by,
    twice,
    seed,
  };
}
