import { createHash } from 'node:crypto';
import type { BodyOf } from '../marks/event.ts';

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

/**
 * Deals the answers of every question to the readers: in equal parts drawn by the seed, or by whole questions. Of each
 * question a share, rounded up, is dealt to a second reader too. A pure function of plan and answers.
 */
export function assign(
  answers: readonly Asked[],
  { readers, by, twice, seed }: BodyOf<'planned'>,
): ReadonlyMap<string, Assignment> {
  const names = readers.map(({ name }) => name).toSorted(byText);
  const assignments = new Map<string, Assignment>();
  const questions = [...new Set(answers.map(({ question }) => question))];
  for (const [number, question] of questions.entries()) {
    const own = answers.filter((answer) => answer.question === question);
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
      const turn = by === 'question' ? number : number + index;
      const at = turn % names.length;
      const step = 1 + (index % Math.max(1, names.length - 1));
      const first = names[at] ?? '';
      const second = again.has(key) ? (names[(at + step) % names.length] ?? null) : null;
      assignments.set(key, { first, second });
    }
  }
  return assignments;
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
