import { hashOf } from '@labproof/core';
import { type Lab, type Question, rubricOf } from '@labproof/lab';
import type { ReviewEvent } from './event.ts';

/** One thing that points are given for, under a key of the keyboard. */
export interface Item {
  readonly id: string;
  readonly concept: string;
  readonly points: number;
  readonly lookFor: string;
  readonly retired: boolean;
  /** In the lab, or added by a reader. */
  readonly origin: 'lab' | 'reader';
}

/** The items that the lab gives a question, in its order. An id is of the words, so a new order moves no mark. */
export function labItems(question: Question): Item[] {
  const seen = new Map<string, number>();
  return question.checks
    .flatMap((check) => rubricOf(check))
    .map(({ concept, points, lookFor }) => {
      const words = `lab-${hashOf(concept).slice(0, 8)}`;
      const count = (seen.get(words) ?? 0) + 1;
      seen.set(words, count);
      const id = count === 1 ? words : `${words}-${count}`;
      return { id, concept, points, lookFor, retired: false, origin: 'lab' };
    });
}

/**
 * What a mark of a question rests on besides the text of the answer: its pictures, the points that waited and the lab's
 * items. Words in which a reader is told what to look for may change without a mark becoming stale.
 */
export function basisOf(question: Question, max: number, pictures: readonly string[] = []): string {
  const items = labItems(question).map(({ id, points }) => [id, points]);
  return hashOf({ max, items, pictures }).slice(0, 16);
}

/** The items of every question after what readers have written, the last word of each counting. `events` are effective, in order. */
export function itemsOf(
  lab: Lab,
  events: readonly ReviewEvent[],
): ReadonlyMap<string, readonly Item[]> {
  const items = new Map(
    lab.questions.map((question) => [
      question.id,
      new Map(labItems(question).map((item) => [item.id, item])),
    ]),
  );
  for (const { body } of events) {
    if (body.kind !== 'itemWritten') continue;
    const { concept, points, lookFor, retired } = body;
    const own = items.get(body.question) ?? new Map<string, Item>();
    const origin = own.get(body.item)?.origin ?? 'reader';
    own.set(body.item, { id: body.item, concept, points, lookFor, retired, origin });
    items.set(body.question, own);
  }
  return new Map([...items].map(([question, own]) => [question, [...own.values()]]));
}
