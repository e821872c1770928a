import { createHash } from 'node:crypto';
import { inOrder } from '../marks/effective.ts';
import type { BodyOf, ReviewEvent } from '../marks/event.ts';

/** Who reads an answer, and who reads it a second time without either knowing. */
export interface Assignment {
  readonly first: string;
  readonly second: string | null;
}

interface Asked {
  readonly key: string;
  readonly question: string;
}

/** A place in an order that only the seed and the words decide. */
function drawn(seed: string, ...words: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest('hex');
}

/** Answers in the order in which they are read: drawn anew for every question, so that nobody is always first. */
export function shuffled<T extends Asked>(answers: readonly T[], seed: string): T[] {
  const places = new Map(
    answers.map(({ key, question }) => [key, drawn(seed, 'order', question, key)]),
  );
  return answers.toSorted((a, b) => byText(places.get(a.key) ?? '', places.get(b.key) ?? ''));
}

/** Who has read an answer before it is dealt, by its key, in the order of their marks. */
export type ReadBefore = ReadonlyMap<string, readonly string[]>;

/** Everybody who had marked an answer by reading it before an event, also who took it back. */
export function readBefore(events: readonly ReviewEvent[], id: string | null): ReadBefore {
  const readers = new Map<string, string[]>();
  for (const { id: at, reader, body } of inOrder(events)) {
    if (id !== null && at >= id) break;
    if (body.kind !== 'markGiven' || !body.mark.decided) continue;
    if (body.ground !== 'read' && body.ground !== 'group') continue;
    for (const { answer } of body.answers) {
      const own = readers.get(answer) ?? [];
      if (!own.includes(reader)) readers.set(answer, [...own, reader]);
    }
  }
  return readers;
}

/**
 * Deals the answers of every question to the readers: in equal parts drawn by the seed, or by whole questions. Of each
 * question a share, rounded up, is dealt to a second reader too. What somebody of the readers had marked before stays
 * theirs. A pure function of plan, answers and who had read them.
 */
export function assign(
  answers: readonly Asked[],
  { readers, by, twice, seed, questions: chosen = {} }: BodyOf<'planned'>,
  before: ReadBefore = new Map(),
): ReadonlyMap<string, Assignment> {
  const all = readers.map(({ name }) => name).toSorted(byText);
  const assignments = new Map<string, Assignment>();
  const questions = [...new Set(answers.map(({ question }) => question))];
  for (const [number, question] of questions.entries()) {
    const own = answers.filter((answer) => answer.question === question);
    const named = all.filter((name) => chosen[question]?.includes(name) === true);
    const names = named.length > 0 ? named : all;
    const isWhole = by === 'question' && named.length === 0;
    const dealt = inDrawnOrder(own, seed, 'share');
    const again = new Set(
      names.length < 2
        ? []
        : inDrawnOrder(own, seed, 'twice')
            .slice(0, Math.ceil(own.length * twice))
            .map(({ key }) => key),
    );
    for (const [index, { key }] of dealt.entries()) {
      // Every question begins with another reader, so that what is left over is not always one's.
      const turn = isWhole ? number : number + index;
      const at = turn % names.length;
      const step = 1 + (index % Math.max(1, names.length - 1));
      const first = names[at] ?? '';
      const second = again.has(key) ? (names[(at + step) % names.length] ?? null) : null;
      const had = (before.get(key) ?? []).filter((name) => all.includes(name));
      assignments.set(key, kept({ first, second }, had));
    }
  }
  return assignments;
}

/** Who has read an answer keeps it; whoever else was to read it comes after them. */
function kept({ first, second }: Assignment, [one, other]: readonly string[]): Assignment {
  if (one === undefined) return { first, second };
  if (other !== undefined) return { first: one, second: other };
  return { first: one, second: second === null ? null : second === one ? first : second };
}

function inDrawnOrder(answers: readonly Asked[], seed: string, what: string): Asked[] {
  const places = new Map(
    answers.map(({ key, question }) => [key, drawn(seed, what, question, key)]),
  );
  return answers.toSorted((a, b) => byText(places.get(a.key) ?? '', places.get(b.key) ?? ''));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
