const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Making one is slow; one a zone is kept. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
}

/** Whether a name is that of a time zone ("Europe/Berlin"), by the data that Node brings along. */
export function isTimeZone(name: string): boolean {
  if (!name.includes('/')) return false;
  try {
    formatIn(name);
    return true;
  } catch {
    return false;
  }
}

/** Minutes by which the clocks of a time zone are ahead of UTC at an instant (milliseconds since 1970). */
export function offsetIn(zone: string, instant: number): number {
  const name = formatIn(zone)
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/u.exec(name ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The instant at which the clocks of a zone show a time (given as milliseconds, as if it were UTC). Of an hour that comes twice it is
 * the first; a time that the clocks pass over is as much later as they go forward.
 */
export function instantIn(zone: string, wall: number): number {
  const before = offsetIn(zone, wall - DAY_MS);
  const after = offsetIn(zone, wall + DAY_MS);
  const [first] = [before, after]
    .map((offset) => ({ offset, at: wall - offset * MINUTE_MS }))
    .filter(({ offset, at }) => offsetIn(zone, at) === offset)
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  return first ?? wall - before * MINUTE_MS;
}

/**
 * By how many minutes clocks may have gone back (negative: forward) between two instants, somewhere where they were `offset`
 * minutes ahead of UTC at the first: 0 and, in the weeks of a change, what some zone of the world did.
 */
export function possibleChanges(first: number, offset: number, second: number): number[] {
  const changes = new Set([0]);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    if (offsetIn(zone, first) === offset) changes.add(offset - offsetIn(zone, second));
  }
  return [...changes].toSorted((a, b) => a - b);
}
