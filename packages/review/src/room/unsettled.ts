import { csvLines, type GivenItem, givenText } from '@labproof/class';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { ReadingRoom } from './reading-room.ts';

/**
 * Answers of which the grades say something else than the marks do, in points, words or given items: they are graded
 * again before anything goes out.
 */
export function unsettledAnswers(room: ReadingRoom): WaitingAnswer[] {
  return room.waiting.answers.filter((answer) => {
    const result = room.result(answer);
    if (result.state !== 'marked') return answer.graded !== null;
    return answer.graded !== result.points || words(answer.said) !== words(result);
  });
}

/** As the table between them holds it. */
function words(said: { readonly comment: string; readonly given: readonly GivenItem[] }): string {
  return csvLines(`${said.comment}\n${givenText(said.given)}`);
}
