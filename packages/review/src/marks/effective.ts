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

const UNDOABLE: ReadonlySet<string> = new Set([
  'markGiven',
  'itemWritten',
  'memberTakenOut',
  'appealDecided',
]);

/** What a reader can take back; who has read, been told or given something out has. */
function isUndoable({ body }: ReviewEvent): boolean {
  return UNDOABLE.has(body.kind) || (body.kind === 'planned' && body.from === 'page');
}

/** The reader's last action that still counts; `null` where there is none. */
export function toUndo(events: readonly ReviewEvent[], reader: string): ReviewEvent | null {
  return (
    effective(events).findLast((event) => event.reader === reader && isUndoable(event)) ?? null
  );
}

/** The reader's last undoing after which they did nothing new; `null` where there is none. */
export function toRedo(events: readonly ReviewEvent[], reader: string): ReviewEvent | null {
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const event of effective(events).toReversed()) {
    if (event.reader !== reader) continue;
    if (isUndoable(event)) return null;
    const undone = event.body.kind === 'undone' ? byId.get(event.body.event) : undefined;
    if (undone !== undefined && isUndoable(undone)) return event;
  }
  return null;
}
