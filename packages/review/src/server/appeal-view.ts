import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { Appeal } from '../marks/record.ts';
import { appealedMark, decisionWords } from '../room/appealed-mark.ts';
import type { Desk } from './desk.ts';
import type { AppealView } from './protocol.ts';

/** An appeal as a reader sees it, blind, with what is true of its decision. */
export function appealView(desk: Desk, answer: WaitingAnswer, appeal: Appeal): AppealView {
  const { item, text, decision } = appeal;
  const mark = appealedMark(desk.room, appeal);
  return {
    id: appeal.appeal,
    answer: desk.id(answer.key),
    question: answer.question,
    item: desk.room.items(answer.question).find(({ id }) => id === item)?.concept ?? item,
    text: desk.hide(answer)(text),
    before: mark?.before ?? null,
    after: mark?.after ?? null,
    decision:
      decision === null
        ? null
        : {
            outcome: decision.outcome,
            reason: decision.reason,
            words: decisionWords(decision.outcome, mark),
          },
  };
}
