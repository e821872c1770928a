import { createHash } from 'node:crypto';
import { canonicalJson } from '@labproof/core';
import { blindfold } from '../answers/blind.ts';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { GivenMark } from '../marks/answer-marks.ts';
import type { BodyOf, Mark, ReviewEvent } from '../marks/event.ts';
import { pointsOf } from '../marks/points.ts';
import { isCurrent } from '../marks/result.ts';
import type { ReadingRoom } from '../room/reading-room.ts';
import { type Assignment, assign, readBefore, shuffled } from '../team/shares.ts';
import { planOf } from '../team/plan.ts';
import type { Reader, Team } from '../team/team.ts';
import type { AnswerState } from './protocol.ts';
import { QuestionGroups } from './question-groups.ts';

/** Which answers a reader may open and what they may know of the marks of others; and their own marks. */
export class Desk {
  readonly room: ReadingRoom;
  readonly team: Team;
  /** Whether the lead has lifted the blindness. */
  readonly named: boolean;
  readonly groups: QuestionGroups;
  readonly #idOf = new Map<string, string>();
  readonly #keyOf = new Map<string, string>();
  readonly #ordered: ReadonlyMap<string, readonly WaitingAnswer[]>;
  readonly #alone: BodyOf<'planned'>;
  #dealt: {
    readonly plan: BodyOf<'planned'>;
    readonly to: ReadonlyMap<string, Assignment>;
  } | null = null;

  constructor(room: ReadingRoom, team: Team, named: boolean) {
    this.room = room;
    this.team = team;
    this.named = named;
    const { answers } = room.waiting;
    for (const { key } of answers) {
      const id = createHash('sha256').update(`${team.seed}\n${key}`).digest('hex').slice(0, 12);
      this.#idOf.set(key, id);
      this.#keyOf.set(id, key);
    }
    this.#ordered = new Map(
      room.lab.questions.map(({ id }) => [
        id,
        shuffled(
          answers.filter(({ question }) => question === id),
          team.seed,
        ),
      ]),
    );
    this.#alone = planOf(team);
    this.groups = new QuestionGroups(room, (question) => this.inOrder(question));
  }

  id(key: string): string {
    return this.#idOf.get(key) ?? '';
  }

  answerOf(id: string): WaitingAnswer | null {
    return this.room.answer(this.#keyOf.get(id) ?? '') ?? null;
  }

  /** All answers to a question in the order that was drawn for it. */
  inOrder(question: string): readonly WaitingAnswer[] {
    return this.#ordered.get(question) ?? [];
  }

  /** Takes the student out of texts; leaves them as they are where the lead has lifted the blindness. */
  hide({ student }: WaitingAnswer): (text: string) => string {
    return this.named ? (text) => text : blindfold(this.room.waiting.grade(student));
  }

  /** Who reads what now: as the lead has said last; whoever reads alone reads everything. */
  get plan(): BodyOf<'planned'> & { readonly id?: string } {
    const { plan } = this.room.record;
    return plan === null || this.team.readers.length === 1 ? this.#alone : plan;
  }

  /** Whether it is this reader's to read, the first or the second time. */
  isMine({ key }: WaitingAnswer, { name }: Reader): boolean {
    const { first, second } = this.#assignment(key);
    return first === name || second === name;
  }

  isTwice({ key }: WaitingAnswer): boolean {
    return this.#assignment(key).second !== null;
  }

  /** Answers that a reader may open: their own. The lead sees all. */
  mayOpen(answer: WaitingAnswer, reader: Reader): boolean {
    return reader.role === 'lead' || this.isMine(answer, reader);
  }

  /** Marks an answer, or all of its group that this reader may read. */
  mark(
    reader: Reader,
    answer: WaitingAnswer,
    request: { mark: Mark; group: boolean; trust: boolean; reason?: string },
  ): ReviewEvent {
    const { mark, group, trust, reason } = request;
    const { record } = this.room;
    const members = (group ? this.groups.around(answer) : null) ?? [answer.key];
    const keys = members.filter((key) => {
      const member = this.room.answer(key);
      if (member === undefined || !this.mayOpen(member, reader)) return false;
      return key === answer.key || this.keeps(member, reader) === null;
    });
    const unopened = new Set(
      trust ? [] : keys.filter((key) => key !== answer.key && !record.opened.has(key)),
    );
    const isDecision = reader.role === 'lead' && !this.isMine(answer, reader);
    const ground = group ? 'group' : isDecision || reason !== undefined ? 'decision' : 'read';
    return this.room.mark(
      reader.name,
      { answers: keys, mark, ground, unopened, ...(reason === undefined ? {} : { reason }) },
      (given) => this.sees(given, answer, reader, ground === 'decision'),
    );
  }

  /** What somebody has said of an answer by itself, over which no mark of its group goes; `null` where nobody has. */
  keeps(answer: WaitingAnswer, reader: Reader): 'mark' | 'words' | 'former' | null {
    const given = this.markOf(answer, reader);
    if (given === null || given.ground === 'group') return null;
    // Somebody has opened it as it was; as it is now nobody may have seen it.
    if (!isCurrent(given, answer)) return 'former';
    return given.mark.decided ? 'mark' : 'words';
  }

  /** The mark that a reader may know of: their own, or what stands where they may see it. */
  markOf(answer: WaitingAnswer, reader: Reader): GivenMark | null {
    const own = this.room.own(answer, reader.name);
    const standing = (this.room.record.standing.get(answer.key) ?? []).filter((given) =>
      this.sees(given, answer, reader, reader.role === 'lead' && !this.isMine(answer, reader)),
    );
    const decision = standing.findLast(({ ground }) => ground === 'decision');
    return decision ?? own ?? standing.at(-1) ?? null;
  }

  /** Nobody sees another's mark of an answer that is marked twice; the lead does, where the lead reads neither time. */
  sees(given: GivenMark, answer: WaitingAnswer, reader: Reader, decides: boolean): boolean {
    if (given.reader === reader.name || decides) return true;
    return !this.isTwice(answer) || given.ground === 'table' || given.ground === 'decision';
  }

  points(given: GivenMark, answer: WaitingAnswer): number {
    return pointsOf(given.mark, this.room.items(answer.question), answer.max);
  }

  /** How an answer stands, as its reader may know. */
  state(answer: WaitingAnswer, reader: Reader): AnswerState {
    const given = this.markOf(answer, reader);
    const result = this.room.result(answer);
    if (result.state === 'conflict' && reader.role === 'lead') return 'conflict';
    if (given === null) return 'open';
    if (!isCurrent(given, answer)) return 'stale';
    if (given.mark.doubtful) return 'doubtful';
    if (!given.mark.decided) return 'open';
    return given.unopened && !this.room.record.opened.has(answer.key) ? 'unopened' : 'marked';
  }

  #assignment(key: string): Assignment {
    const { plan } = this;
    if (this.#dealt === null || this.#dealt.plan !== plan) {
      const same = this.#dealt !== null && canonicalJson(this.#dealt.plan) === canonicalJson(plan);
      this.#dealt = { plan, to: same && this.#dealt !== null ? this.#dealt.to : this.dealt(plan) };
    }
    return this.#dealt.to.get(key) ?? { first: '', second: null };
  }

  /** Who reads what by a plan; by one that is not in the record, from now on. */
  dealt(plan: BodyOf<'planned'> & { readonly id?: string }): ReadonlyMap<string, Assignment> {
    const before = readBefore(this.room.events, plan.id ?? null);
    return assign(this.room.waiting.answers, plan, plan === this.#alone ? new Map() : before);
  }
}
