import { isCurrent } from '../marks/result.ts';
import type { Reader } from '../team/team.ts';
import type { Desk } from './desk.ts';
import type { AnswerEntry, AnswerState, GroupView, QuestionView, QueueView } from './protocol.ts';

/** Characters of an answer among others like it. */
const LONGEST_EXCERPT = 400;

/** The questions of which a reader has answers, and how far they are. */
export function questionViews(desk: Desk, reader: Reader): QuestionView[] {
  return desk.room.lab.questions.flatMap(({ id, number, title }) => {
    const own = desk.inOrder(id).filter((answer) => desk.mayOpen(answer, reader));
    if (own.length === 0) return [];
    const states = own.map((answer) => desk.state(answer, reader));
    const countOf = (state: AnswerState): number => states.filter((one) => one === state).length;
    const counts = { answers: own.length, done: countOf('marked'), doubtful: countOf('doubtful') };
    return [{ id, number, title, ...counts }];
  });
}

/** The answers to a question that a reader reads, in the order that was drawn for it. */
export function queueView(desk: Desk, question: string, reader: Reader): QueueView {
  const groups = desk.groups.numbers(question);
  const appealed = new Set(
    desk.room.record.appeals
      .filter(({ decision }) => decision === null)
      .map(({ answer }) => answer),
  );
  const answers = desk
    .inOrder(question)
    .filter((answer) => desk.mayOpen(answer, reader))
    .map((answer): AnswerEntry => {
      const given = desk.markOf(answer, reader);
      const decided = given?.mark.decided === true && isCurrent(given, answer);
      return {
        id: desk.id(answer.key),
        state: desk.state(answer, reader),
        points: decided ? desk.points(given, answer) : null,
        max: answer.max,
        group: groups.get(answer.key) ?? null,
        mine: desk.isMine(answer, reader),
        appealed: appealed.has(answer.key),
      };
    });
  return {
    question,
    items: desk.room.items(question).filter(({ retired }) => !retired),
    answers,
  };
}

/** The groups of like answers to a question, as far as they are a reader's. */
export function groupViews(desk: Desk, question: string, reader: Reader): GroupView[] {
  const { record } = desk.room;
  return desk.groups.of(question).flatMap((keys, index) => {
    const members = keys.flatMap((key) => {
      const answer = desk.room.answer(key);
      if (answer === undefined || !desk.mayOpen(answer, reader)) return [];
      return [
        {
          id: desk.id(key),
          text: desk.hide(answer)(answer.text).replaceAll(/\s+/gu, ' ').slice(0, LONGEST_EXCERPT),
          opened: record.opened.has(key),
          state: desk.state(answer, reader),
          keeps: desk.keeps(answer, reader),
        },
      ];
    });
    return members.length < 2 ? [] : [{ number: index + 1, members }];
  });
}
