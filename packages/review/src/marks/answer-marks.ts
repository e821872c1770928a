import type { BodyOf, Mark, ReviewEvent } from './event.ts';

/** A mark of one answer as it was given. */
export interface GivenMark {
  /** Id of the event; of a group one event marks many answers. */
  readonly id: string;
  readonly reader: string;
  readonly at: string;
  readonly answer: string;
  readonly digest: string | null;
  readonly basis: string | null;
  readonly over: readonly string[];
  readonly unopened: boolean;
  readonly mark: Mark;
  readonly ground: BodyOf<'markGiven'>['ground'];
  readonly reason: string | null;
}

/** All marks of each answer, in the order of the events, which are effective and in order. */
export function marksByAnswer(
  events: readonly ReviewEvent[],
): ReadonlyMap<string, readonly GivenMark[]> {
  const marks = new Map<string, GivenMark[]>();
  for (const { id, reader, at, body } of events) {
    if (body.kind !== 'markGiven') continue;
    for (const { answer, digest, basis, over, unopened = false } of body.answers) {
      const given = { id, reader, at, answer, digest, basis, over, unopened };
      const { mark, ground, reason = null } = body;
      const own = marks.get(answer);
      const entry = { ...given, mark, ground, reason };
      if (own === undefined) marks.set(answer, [entry]);
      else own.push(entry);
    }
  }
  return marks;
}

/** The marks that no later one has taken the place of, in order: more than one where readers did not know of each other. */
export function standingAmong(marks: readonly GivenMark[]): GivenMark[] {
  const replaced = new Set(marks.flatMap(({ over }) => over));
  return marks.filter(({ id }) => !replaced.has(id));
}
