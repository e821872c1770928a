import type { ReviewEvent } from './event.ts';

/** The order of events everywhere: by clock, then reader, then content. Code units, no locale. */
export function inOrder(events: readonly ReviewEvent[]): ReviewEvent[] {
  return events.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/**
 * Events that nobody has taken back, in order. Undoing is an event that names another before it, and redoing is
 * undoing that; so from the last to the first each one decides about those before it.
 */
export function effective(events: readonly ReviewEvent[]): ReviewEvent[] {
  const ordered = inOrder(events);
  const undone = new Set<string>();
  for (const { id, body } of ordered.toReversed()) {
    if (body.kind === 'undone' && !undone.has(id) && body.event < id) undone.add(body.event);
  }
  return ordered.filter(({ id }) => !undone.has(id));
}

/** What a reader can take back; who has read, been told or given something out has. */
const UNDOABLE: ReadonlySet<string> = new Set([
  'markGiven',
  'itemWritten',
  'memberTakenOut',
  'appealDecided',
]);

/** The reader's last action that still counts; `null` where there is none. */
export function toUndo(events: readonly ReviewEvent[], reader: string): ReviewEvent | null {
  return (
    effective(events).findLast(
      (event) => event.reader === reader && UNDOABLE.has(event.body.kind),
    ) ?? null
  );
}

/** The reader's last undoing after which they did nothing new; `null` where there is none. */
export function toRedo(events: readonly ReviewEvent[], reader: string): ReviewEvent | null {
  const kindOf = new Map(events.map(({ id, body }) => [id, body.kind]));
  for (const event of effective(events).toReversed()) {
    if (event.reader !== reader) continue;
    if (UNDOABLE.has(event.body.kind)) return null;
    if (event.body.kind === 'undone' && UNDOABLE.has(kindOf.get(event.body.event) ?? '')) {
      return event;
    }
  }
  return null;
}
