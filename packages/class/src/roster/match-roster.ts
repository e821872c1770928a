import type { HandIn } from '../hand-ins/hand-in.ts';
import { inOrder } from '../hand-ins/list-submissions.ts';
import type { RosterEntry } from './roster.ts';

/**
 * Gives hand-ins the ids and names of the class list: by id, else by the name that a platform put on the upload, where
 * it fits exactly one student of the list and no other hand-in claims that student. Throws as `inOrder` does.
 */
export function matchRoster(
  handIns: readonly HandIn[],
  roster: readonly RosterEntry[],
): readonly HandIn[] {
  const byId = new Map(roster.map((entry) => [entry.student.toLowerCase(), entry]));
  const claimed = new Set<RosterEntry>();
  for (const { student } of handIns) {
    const entry = byId.get(student.toLowerCase());
    if (entry !== undefined) claimed.add(entry);
  }
  const byName = new Map<HandIn, RosterEntry>();
  for (const handIn of handIns) {
    if (handIn.name === null || byId.has(handIn.student.toLowerCase())) continue;
    const fitting = roster.filter(
      (entry) => !claimed.has(entry) && namesAgree(handIn.name ?? '', entry.name ?? ''),
    );
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) byName.set(handIn, only);
  }
  const claims = [...byName.values()];
  return inOrder(
    handIns.map((handIn) => {
      const known = byId.get(handIn.student.toLowerCase());
      if (known !== undefined) {
        return { ...handIn, student: known.student, name: known.name ?? handIn.name };
      }
      const entry = byName.get(handIn);
      if (entry === undefined || claims.filter((claim) => claim === entry).length > 1) {
        return handIn;
      }
      return {
        ...handIn,
        student: entry.student,
        name: entry.name,
        why: `${handIn.why}; the roster has one student of that name, ${entry.student}`,
      };
    }),
  );
}

/** "Doe, Jane", "Jane Doe" and Canvas's "doejane" are the same name. */
function namesAgree(a: string, b: string): boolean {
  const [one, other] = [words(a), words(b)];
  if (one.length === 0 || other.length === 0) return false;
  if (one.toSorted().join(' ') === other.toSorted().join(' ')) return true;
  const squashed = new Set(rotations(other));
  return one.length === 1 && squashed.has(one[0] ?? '');
}

function rotations(parts: readonly string[]): string[] {
  return parts.map((_, start) => [...parts.slice(start), ...parts.slice(0, start)].join(''));
}

function words(name: string): string[] {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
