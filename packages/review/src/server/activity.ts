import type { ReviewEvent } from '../marks/event.ts';
import type { Reader } from '../team/team.ts';
import type { Desk } from './desk.ts';
import type { ActionView } from './protocol.ts';

/** A longer pause between two marks is a pause. */
const LONGEST_SECONDS = 600;
const FEWEST_PACES = 5;

/** What undoing or redoing did, for the page. */
export function actionView(desk: Desk, event: ReviewEvent | null, verb: string): ActionView {
  if (event === null) return { what: `Nothing to ${verb}.`, question: null, answer: null };
  const { body } = event;
  const key =
    body.kind === 'markGiven'
      ? (body.answers[0]?.answer ?? null)
      : body.kind === 'memberTakenOut'
        ? body.answer
        : null;
  const question =
    body.kind === 'itemWritten' ? body.question : (desk.room.answer(key ?? '')?.question ?? null);
  const names: Partial<Record<ReviewEvent['body']['kind'], string>> = {
    markGiven: 'a mark',
    itemWritten: 'an item of the rubric',
    memberTakenOut: 'a change of a group',
    appealDecided: 'a decision on an appeal',
  };
  return {
    what: `${verb === 'undo' ? 'Undone' : 'Done again'}: ${names[body.kind] ?? body.kind}.`,
    question,
    answer: key === null ? null : desk.id(key),
  };
}

/** Median seconds from one mark of the reader to the next. */
export function paceOf(desk: Desk, { name }: Reader): number | null {
  const times = desk.room.events
    .filter(({ reader, body }) => reader === name && body.kind === 'markGiven')
    .map(({ at }) => Date.parse(at) / 1000);
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .filter((gap) => gap > 0 && gap < LONGEST_SECONDS)
    .toSorted((a, b) => a - b);
  return gaps.length < FEWEST_PACES ? null : (gaps[Math.floor(gaps.length / 2)] ?? null);
}
