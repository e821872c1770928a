import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Answers of which the grades say something else than the marks do: they are graded again before anything goes out. */
export function unsettledAnswers(room: ReadingRoom): WaitingAnswer[] {
  return room.waiting.answers.filter((answer) => {
    const result = room.result(answer);
    return answer.graded !== (result.state === 'marked' ? result.points : null);
  });
}
