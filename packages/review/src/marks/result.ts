import type { GivenMark } from './answer-marks.ts';
import { type GivenItem, givenText } from '@labproof/class';
import { givenItems, pointsOf } from './points.ts';
import type { Item } from './rubric.ts';

/** An answer as it is today. */
export interface AnswerToday {
  readonly digest: string;
  readonly basis: string;
  /** Points that wait for a person. */
  readonly max: number;
}

/** What stands for an answer. */
export type AnswerResult =
  | { readonly state: 'unread' }
  /** Only words or doubts so far. */
  | { readonly state: 'undecided'; readonly comment: string }
  | {
      readonly state: 'marked';
      readonly points: number;
      readonly comment: string;
      /** What of the rubric was given; nothing where points were typed, or readers gave other items. */
      readonly given: readonly GivenItem[];
    }
  /** Readers who did not know of each other gave different points: the lead decides. */
  | { readonly state: 'conflict'; readonly marks: readonly GivenMark[] }
  /** Given for an answer, a rubric or a maximum that is another today. */
  | {
      readonly state: 'stale';
      readonly why: 'answer' | 'rubric';
      readonly former: GivenMark;
      readonly points: number;
      readonly comment: string;
    };

/** Whether a mark is of the answer and rubric of today. */
export function isCurrent({ digest, basis }: GivenMark, today: AnswerToday): boolean {
  return (digest === null || digest === today.digest) && (basis === null || basis === today.basis);
}

/** What stands for an answer, from the marks that stand beside each other. Nothing of what readers wrote is left out. */
export function resultOf(
  standing: readonly GivenMark[],
  items: readonly Item[],
  today: AnswerToday,
): AnswerResult {
  const current = standing.filter((given) => isCurrent(given, today));
  const decided = current.filter(({ mark }) => mark.decided);
  const comment = [...new Set(current.map(({ mark }) => mark.comment.trim()))]
    .filter((text) => text !== '')
    .join('\n\n');
  const [first] = decided;
  if (first === undefined) {
    const former = standing.findLast((given) => given.mark.decided && !isCurrent(given, today));
    if (former !== undefined) {
      const why = former.digest !== null && former.digest !== today.digest ? 'answer' : 'rubric';
      const points = pointsOf(former.mark, items, Number.POSITIVE_INFINITY);
      return { state: 'stale', why, former, points, comment: former.mark.comment };
    }
    return current.length === 0 ? { state: 'unread' } : { state: 'undecided', comment };
  }
  const given = decided.map(({ mark }) => pointsOf(mark, items, today.max));
  const points = given[0] ?? 0;
  if (given.some((other) => other !== points)) return { state: 'conflict', marks: decided };
  const [ofFirst = [], ...others] = decided.map(({ mark }) => givenItems(mark, items));
  const alike = others.every((other) => givenText(other) === givenText(ofFirst));
  return { state: 'marked', points, comment, given: alike ? ofFirst : [] };
}
