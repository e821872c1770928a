import { type HandInName, readBlackboardName, readHandInName } from './hand-in-name.ts';
import { isFolder, type Place } from './place.ts';

/**
 * How a platform's download names what is in a folder. Moodle's mark is in no other name. Canvas's form is, so it counts
 * where no number has two names, not all numbers are dates (`jane_2026_1123_lab.md` and `john_2026_1124_lab.md`), and where
 * all files have it or two students at least: a stray file beside them takes nothing away.
 */
export function platformNames(places: readonly Place[]): ReadonlyMap<string, HandInName> {
  const found = new Map<string, HandInName>();
  for (const place of places) {
    const named = readHandInName(place.name, isFolder(place) ? 'folder' : 'file');
    if (named !== null) found.set(place.name, named);
  }
  const blackboard = blackboardNames(places);
  if (blackboard.size > 0) return blackboard;
  return isCanvas(places, found)
    ? found
    : new Map([...found].filter(([, { rule }]) => rule !== 'canvas'));
}

/** Whether a platform gave it: all of it has its names, or the work of two students at least, whatever lies beside it. */
export function isDownload(places: readonly Place[]): boolean {
  const named = platformNames(places);
  const ids = new Set([...named.values()].map(({ id }) => id));
  return ids.size > 1 || (named.size > 0 && named.size === places.length);
}

function isCanvas(places: readonly Place[], found: ReadonlyMap<string, HandInName>): boolean {
  const names = new Map<string, string | null>();
  let isOneNameEach = true;
  for (const { rule, id, name } of found.values()) {
    if (rule !== 'canvas') continue;
    isOneNameEach &&= (names.get(id) ?? name) === name;
    names.set(id, name);
  }
  const areAllFiles = places.every(
    (place) => isFolder(place) || found.get(place.name)?.rule === 'canvas',
  );
  const areDates = [...names.keys()].every((id) => /^(?:19|20)\d\d(?:[01]\d[0-3]\d)?$/u.test(id));
  return isOneNameEach && (areAllFiles || names.size > 1) && !areDates;
}

/**
 * Blackboard's files, `<assignment>_<user>_attempt_<time>_<file>`. Both may have `_` in them: what all have in common is the
 * assignment.
 */
function blackboardNames(places: readonly Place[]): ReadonlyMap<string, HandInName> {
  const parts = places.flatMap((place) => {
    const read = isFolder(place) ? null : readBlackboardName(place.name);
    return read === null ? [] : [{ ...read, name: place.name }];
  });
  const heads = new Set(parts.map(({ head }) => head));
  const common =
    heads.size < 2 ? undefined : [...heads].reduce((one, other) => commonStart(one, other));
  return new Map(
    parts.map(({ head, time, file, name }) => {
      const end = (common ?? head).lastIndexOf('_');
      const id = head.slice(end + 1);
      const [year, month, day, ...clock] = time.split('-');
      const attempt = `${year}-${month}-${day} ${clock.join(':')}`;
      const named: HandInName = {
        id,
        name: null,
        rule: 'blackboard',
        why: `Blackboard's download names it ${id}, handed in ${attempt}`,
        file,
        markedLate: false,
        idKind: 'list',
        attempt,
      };
      return [name, named];
    }),
  );
}

function commonStart(one: string, other: string): string {
  let end = 0;
  while (end < one.length && one[end] === other[end]) end += 1;
  return one.slice(0, end);
}
