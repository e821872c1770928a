import type { HandIn } from '../hand-ins/hand-in.ts';
import { inOrder } from '../hand-ins/list-submissions.ts';
import { namesAgree } from './names-agree.ts';
import type { RosterEntry } from './roster.ts';
import { classError } from '../errors.ts';

/**
 * Gives hand-ins the ids and names of the class list. An id is matched with ids of its own kind only: a folder's name and
 * Gradescope's SID with the list's ids, Moodle's participant number with `Identifier`, Canvas's user number with Canvas's
 * `ID`, a GitHub name with a column of GitHub names where there is one. Else the name that a platform put on the upload
 * decides, where it fits exactly one student. What nobody can tell stays unmatched; where number and name point at two
 * students, or two hand-ins at one, nothing is guessed.
 * Throws an instructor's `identity-disagrees`, and as `inOrder` does.
 */
export function matchRoster(
  handIns: readonly HandIn[],
  roster: readonly RosterEntry[],
): readonly HandIn[] {
  const ids = new Set(roster.map(({ student }) => student.toLowerCase()));
  return inOrder(
    handIns.map((handIn) => {
      const byId = roster.find((entry) => hasId(entry, handIn, roster));
      const named = namedAs(handIn, roster);
      const [only] = named;
      const byName = named.length === 1 ? only : undefined;
      if (byId !== undefined) {
        if (
          byName !== undefined &&
          byName !== byId &&
          !namesAgree(handIn.name ?? '', byId.name ?? '')
        ) {
          throw disagreement(handIn, byId, byName);
        }
        return {
          ...listedAs(handIn, byId),
          name: byId.name ?? handIn.name,
          idKind: 'list',
        };
      }
      if (byName !== undefined) {
        return {
          ...listedAs(handIn, byName),
          name: byName.name,
          idKind: 'list',
          why: `${handIn.why}; the roster has one student of that name, ${byName.student}`,
        };
      }
      // A platform's number must not stand where the list has the same one for somebody else.
      const taken = handIn.idKind !== 'list' && ids.has(handIn.student.toLowerCase());
      return taken ? { ...handIn, student: `${handIn.idKind}-${handIn.student}` } : handIn;
    }),
  );
}

/** A hand-in under the id of the class list. */
function listedAs(handIn: HandIn, { student, id }: RosterEntry): HandIn {
  return { ...handIn, student, id };
}

/**
 * The students of the name that a platform put on the upload. Where Moodle puts the group before it ("Group A-Jane Doe"),
 * what follows a dash counts, if the whole fits nobody.
 */
function namedAs({ name, rule }: HandIn, roster: readonly RosterEntry[]): readonly RosterEntry[] {
  const whole = name ?? '';
  const dashes = rule === 'moodle' ? [...whole.matchAll(/-/gu)] : [];
  for (const part of [whole, ...dashes.map(({ index }) => whole.slice(index + 1))]) {
    const found = roster.filter((entry) => namesAgree(part, entry.name ?? ''));
    if (found.length > 0) return found;
  }
  return [];
}

function hasId(entry: RosterEntry, handIn: HandIn, roster: readonly RosterEntry[]): boolean {
  const id = handIn.student.toLowerCase();
  switch (handIn.idKind) {
    case 'participant':
      return entry.participant === handIn.student;
    case 'canvas-user':
      return entry.canvasUser === handIn.student;
    case 'github-user':
      // A list without GitHub's names may well have them as its ids.
      return roster.some(({ githubUser }) => githubUser !== undefined)
        ? entry.githubUser?.toLowerCase() === id
        : entry.student.toLowerCase() === id;
    case 'list':
      return entry.student.toLowerCase() === id || entry.email?.toLowerCase() === id;
    case 'name':
      // A list that has nothing but Moodle's numbers says nothing of a folder that somebody named by another number.
      return entry.student.toLowerCase() === id && entry.student !== entry.participant;
  }
}

function disagreement(handIn: HandIn, byId: RosterEntry, byName: RosterEntry): Error {
  return classError('identity-disagrees', {
    message: `${handIn.path}: the number ${handIn.student} is ${byId.name ?? byId.student}'s on the roster, and the name ${handIn.name} is that of ${byName.student}.`,
    fix: `Correct the roster, or rename it to the id of the student whose it is: ${byId.student} or ${byName.student}.`,
  });
}
