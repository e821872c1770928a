import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { Appeal } from '../marks/record.ts';
import { isCurrent } from '../marks/result.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Answers whose mark would count although a reader doubts it. One that has no mark yet waits anyway. */
export function doubtfulAnswers(room: ReadingRoom): WaitingAnswer[] {
  return room.waiting.answers.filter(
    (answer) =>
      room.result(answer).state === 'marked' &&
      (room.record.standing.get(answer.key) ?? []).some(
        (given) => given.mark.doubtful && isCurrent(given, answer),
      ),
  );
}

/** Appeals that nobody has decided, of answers that are there. */
export function undecidedAppeals(room: ReadingRoom): Appeal[] {
  return room.record.appeals.filter(
    ({ answer, decision }) => decision === null && room.answer(answer) !== undefined,
  );
}

/** Appeals that were decided after the last release, and so are answered in no version yet. */
export function unansweredAppeals(room: ReadingRoom): Appeal[] {
  const last = room.record.releases.at(-1)?.id;
  if (last === undefined) return [];
  return room.record.appeals.filter(
    ({ answer, decision }) =>
      decision !== null && decision.id > last && room.answer(answer) !== undefined,
  );
}

/** What is left to do in a room. */
export interface LeftOpen {
  /** Answers without a mark, or with marks that disagree or are of another answer. */
  readonly unmarked: readonly WaitingAnswer[];
  readonly doubtful: readonly WaitingAnswer[];
  readonly appeals: readonly Appeal[];
}

export function leftOpen(room: ReadingRoom): LeftOpen {
  return {
    unmarked: room.waiting.answers.filter((answer) => room.result(answer).state !== 'marked'),
    doubtful: doubtfulAnswers(room),
    appeals: undecidedAppeals(room),
  };
}
