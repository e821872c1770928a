import { canonicalJson } from '@labproof/core';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { standingAmong } from '../marks/answer-marks.ts';
import type { Appeal } from '../marks/record.ts';
import { type AnswerResult, resultOf } from '../marks/result.ts';
import { itemsOf } from '../marks/rubric.ts';
import type { ReadingRoom } from './reading-room.ts';

/** What became of the mark that an appeal is about. */
export interface AppealedMark {
  /**
   * `changed`: other points. `reworded`: other items or words for the same points. `set-back`: it was another for a
   * while and is what it was. `same`: nobody has touched it.
   */
  readonly became: 'changed' | 'reworded' | 'set-back' | 'same';
  /** Points that the student knew of, and those of today; `null` where there were none. */
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * Compares the mark that a student knew of with what stands. The student knew of the last release before the decision, or,
 * where nothing was released, of what stood when the appeal was filed; what stands is that of the first release after
 * the decision, or of today.
 */
export function appealedMark(room: ReadingRoom, appeal: Appeal): AppealedMark | null {
  const answer = room.answer(appeal.answer);
  if (answer === undefined) return null;
  const { releases, events } = room.record;
  const decided = appeal.decision?.id;
  const from = releases.findLast(({ id }) => decided === undefined || id < decided)?.id;
  const until = releases.find(({ id }) => decided !== undefined && id > decided)?.id;
  const start = from ?? appeal.id;
  const before = resultBefore(room, answer, start);
  const after = resultBefore(room, answer, until);
  const points = { before: pointsIn(before), after: pointsIn(after) };
  if (points.before !== points.after) return { became: 'changed', ...points };
  if (wordsIn(before) !== wordsIn(after)) return { became: 'reworded', ...points };
  const between = events.filter(({ id }) => id > start && (until === undefined || id < until));
  const was = canonicalJson([points.before, wordsIn(before)]);
  const strayed = between.some(({ id }) => {
    const then = resultBefore(room, answer, `${id}~`);
    return canonicalJson([pointsIn(then), wordsIn(then)]) !== was;
  });
  return { became: strayed ? 'set-back' : 'same', ...points };
}

/** What stood for an answer before an event; what stands now without one. */
function resultBefore(
  room: ReadingRoom,
  answer: WaitingAnswer,
  id: string | undefined,
): AnswerResult {
  if (id === undefined) return room.result(answer);
  const { marks, events } = room.record;
  const given = (marks.get(answer.key) ?? []).filter((mark) => mark.id < id);
  const items = itemsOf(
    room.lab,
    events.filter((event) => event.id < id),
  );
  return resultOf(standingAmong(given), items.get(answer.question) ?? [], answer);
}

function pointsIn(result: AnswerResult): number | null {
  return 'points' in result ? result.points : null;
}

function wordsIn(result: AnswerResult): string {
  const comment = 'comment' in result ? result.comment : '';
  return canonicalJson([comment, 'given' in result ? result.given : []]);
}

/** What is true of a decided appeal, as the beginning of a sentence that ends with the reason. */
export function decisionWords(outcome: 'changed' | 'kept', mark: AppealedMark | null): string {
  const points = `${mark?.before ?? 'no mark'} → ${mark?.after ?? 'no mark'}`;
  if (outcome === 'kept') {
    return mark?.became === 'changed'
      ? `The appeal changed nothing; the mark is another for another reason (${points})`
      : 'The mark was kept';
  }
  switch (mark?.became) {
    case 'changed':
      return `The mark was changed (${points})`;
    case 'reworded':
      return 'The mark was changed, with the same points';
    case 'set-back':
      return 'The mark was changed and set back, so the points stay';
    case 'same':
    case undefined:
      return 'The mark stays as it was';
  }
}
