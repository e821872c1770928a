import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { answerGroups } from '../groups/answer-groups.ts';
import type { ReadingRoom } from '../room/reading-room.ts';

/** Like answers, question by question; compared when somebody first asks. */
export class QuestionGroups {
  readonly #room: ReadingRoom;
  readonly #inOrder: (question: string) => readonly WaitingAnswer[];
  readonly #groups = new Map<string, readonly (readonly string[])[]>();

  constructor(room: ReadingRoom, inOrder: (question: string) => readonly WaitingAnswer[]) {
    this.#room = room;
    this.#inOrder = inOrder;
  }

  /** The groups of a question, by the keys of their answers. */
  of(question: string): readonly (readonly string[])[] {
    let groups = this.#groups.get(question);
    if (groups === undefined) {
      const prompt = this.#room.lab.questions.find(({ id }) => id === question)?.prompt ?? '';
      groups = answerGroups(this.#inOrder(question), prompt);
      this.#groups.set(question, groups);
    }
    return groups;
  }

  /** The other answers of an answer's group and itself, without those that were taken out; `null` outside of any. */
  around(answer: WaitingAnswer): readonly string[] | null {
    const group = this.of(answer.question).find((keys) => keys.includes(answer.key));
    if (group === undefined) return null;
    const { out } = this.#room.record;
    const members = group.filter((key) => key === answer.key || !out.has(key));
    return out.has(answer.key) ? [answer.key] : members;
  }

  /** The number of the group of every answer that is in one. */
  numbers(question: string): ReadonlyMap<string, number> {
    const { out } = this.#room.record;
    return new Map(
      this.of(question).flatMap((keys, index) =>
        keys.filter((key) => !out.has(key)).map((key) => [key, index + 1] as const),
      ),
    );
  }
}
