import { READER_COMMENT } from '@labproof/class';
import { renderForReader } from '@labproof/report';
import { blindfold } from '../answers/blind.ts';
import { pdfOf } from '../answers/pdf-of.ts';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { pointsOf } from '../marks/points.ts';
import { isCurrent } from '../marks/result.ts';
import type { Reader } from '../team/team.ts';
import { appealView } from './appeal-view.ts';
import type { Desk } from './desk.ts';
import type { AnswerView } from './protocol.ts';

/** An answer with all that a reader may know of it: what was measured, their mark, the one of before, appeals. */
export function answerView(
  desk: Desk,
  answer: WaitingAnswer,
  reader: Reader,
  heldBy: string | null,
): AnswerView {
  const { lab, record, waiting } = desk.room;
  const question = lab.questions.find(({ id }) => id === answer.question);
  if (question === undefined) throw new Error(`the lab has no question ${answer.question}`);
  const whole = waiting.grade(answer.student);
  const grade = desk.named && reader.role === 'lead' ? whole : blindfold(whole)(whole);
  const outcome = grade.outcomes.find((entry) => entry.question === answer.question);
  const isRead = <T extends { kind: string; label?: string }>(item: T): boolean =>
    item.kind === 'given' || (item.kind === 'text' && item.label === READER_COMMENT);
  const checks = (outcome?.checks ?? []).map((check) => ({
    ...check,
    evidence: check.evidence.filter((item) => !isRead(item)),
  }));
  const shown = {
    ...grade,
    outcomes: outcome === undefined ? [] : [{ ...outcome, checks }],
  };
  const given = desk.markOf(answer, reader);
  const current = given !== null && isCurrent(given, answer);
  const members = desk.groups.around(answer);
  const items = desk.room.items(answer.question);
  const suggested = checks.flatMap(({ evidence }) =>
    evidence.flatMap((item) => (item.kind === 'rubric' ? item.items : [])),
  );
  const standing = record.standing.get(answer.key) ?? [];
  return {
    id: desk.id(answer.key),
    question: answer.question,
    max: answer.max,
    ...renderForReader(shown, { lab, question }),
    pdf: pdfOf(whole, answer.question) !== null,
    student: desk.named && reader.role === 'lead' ? answer.student : null,
    mark: current ? given.mark : null,
    points: current && given.mark.decided ? desk.points(given, answer) : null,
    former:
      given !== null && !current && given.mark.decided
        ? {
            why: given.digest !== null && given.digest !== answer.digest ? 'answer' : 'rubric',
            points: pointsOf(given.mark, items, Number.POSITIVE_INFINITY),
            comment: given.mark.comment,
          }
        : null,
    suggestions: Object.fromEntries(
      items.flatMap(({ id, concept }) => {
        const met = suggested.find((item) => item.concept === concept)?.met;
        return met === undefined ? [] : [[id, met]];
      }),
    ),
    group:
      members === null
        ? null
        : {
            size: members.length,
            unopened: members.filter((key) => key !== answer.key && !record.opened.has(key)).length,
            out: record.out.has(answer.key),
          },
    heldBy,
    appeals: record.appeals
      .filter((appeal) => appeal.answer === answer.key)
      .map((appeal) => appealView(desk, answer, appeal)),
    marks:
      reader.role === 'lead'
        ? standing.map((mark) => ({
            reader: mark.reader,
            points: desk.points(mark, answer),
            comment: mark.mark.comment,
          }))
        : [],
  };
}
