import { answerGroups } from '../groups/answer-groups.ts';
import { createHash } from 'node:crypto';
import { renderForReader } from '@labproof/report';
import { READER_COMMENT } from '@labproof/class';
import { pdfOf } from '../answers/pdf-of.ts';
import { blindfold } from '../answers/blind.ts';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { GivenMark } from '../marks/answer-marks.ts';
import type { BodyOf, Mark, ReviewEvent } from '../marks/event.ts';
import { pointsOf } from '../marks/points.ts';
import { isCurrent } from '../marks/result.ts';
import type { ReadingRoom } from '../room/reading-room.ts';
import { type Assignment, assign, shuffled } from '../team/shares.ts';
import type { Reader, Team } from '../team/team.ts';
import type {
  ActionView,
  AnswerEntry,
  AnswerState,
  AnswerView,
  CommentView,
  GroupView,
  QuestionView,
  QueueView,
  SearchHit,
} from './protocol.ts';

/** Most hits of a search, and most comments that are recalled. */
const MOST_HITS = 50;
const MOST_COMMENTS = 30;
/** A longer pause between two marks is a pause. */
const LONGEST_SECONDS = 600;
const FEWEST_PACES = 5;

/** What a reader may see and do, and nothing else: every request of a page ends here. */
export class Desk {
  readonly room: ReadingRoom;
  readonly team: Team;
  /** Whether the lead has lifted the blindness. */
  readonly named: boolean;
  readonly #idOf = new Map<string, string>();
  readonly #keyOf = new Map<string, string>();
  readonly #assignments: ReadonlyMap<string, Assignment>;
  readonly #ordered: ReadonlyMap<string, readonly WaitingAnswer[]>;
  readonly #groups = new Map<string, readonly (readonly string[])[]>();

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
    this.#assignments = assign(answers, planOf(team));
    this.#ordered = new Map(
      room.lab.questions.map(({ id }) => [
        id,
        shuffled(
          answers.filter(({ question }) => question === id),
          team.seed,
        ),
      ]),
    );
  }

  id(key: string): string {
    return this.#idOf.get(key) ?? '';
  }

  answerOf(id: string): WaitingAnswer | null {
    return this.room.answer(this.#keyOf.get(id) ?? '') ?? null;
  }

  /** Takes the student out of texts; leaves them as they are where the lead has lifted the blindness. */
  hide({ student }: WaitingAnswer): (text: string) => string {
    return this.named ? (text) => text : blindfold(this.room.waiting.grade(student));
  }

  /** Whether it is this reader's to read, the first or the second time. */
  isMine({ key }: WaitingAnswer, { name }: Reader): boolean {
    const { first, second } = this.#assignments.get(key) ?? { first: '', second: null };
    return first === name || second === name;
  }

  isSecond({ key }: WaitingAnswer, { name }: Reader): boolean {
    return this.#assignments.get(key)?.second === name;
  }

  isTwice({ key }: WaitingAnswer): boolean {
    return (this.#assignments.get(key)?.second ?? null) !== null;
  }

  /** Answers that a reader may open: their own, and those that are nobody's because somebody has left the team. */
  mayOpen(answer: WaitingAnswer, reader: Reader): boolean {
    return reader.role === 'lead' || this.isMine(answer, reader);
  }

  questions(reader: Reader): QuestionView[] {
    return this.room.lab.questions.flatMap(({ id, number, title }) => {
      const own = (this.#ordered.get(id) ?? []).filter((answer) => this.#shows(answer, reader));
      const done = own.filter((answer) => isDone(this.#state(answer, reader)));
      return own.length === 0
        ? []
        : [{ id, number, title, answers: own.length, done: done.length }];
    });
  }

  queue(question: string, reader: Reader): QueueView {
    const groups = this.#groupNumbers(question);
    const appealed = new Set(
      this.room.record.appeals
        .filter(({ decision }) => decision === null)
        .map(({ answer }) => answer),
    );
    const answers = (this.#ordered.get(question) ?? [])
      .filter((answer) => this.#shows(answer, reader))
      .map((answer): AnswerEntry => {
        const given = this.#mark(answer, reader);
        const decided = given?.mark.decided === true && isCurrent(given, answer);
        return {
          id: this.id(answer.key),
          state: this.#state(answer, reader),
          points: decided ? this.#points(given, answer) : null,
          max: answer.max,
          group: groups.get(answer.key) ?? null,
          mine: this.isMine(answer, reader),
          appealed: appealed.has(answer.key),
        };
      });
    return {
      question,
      items: this.room.items(question).filter(({ retired }) => !retired),
      answers,
    };
  }

  view(answer: WaitingAnswer, reader: Reader, heldBy: string | null): AnswerView {
    const { lab, record, waiting } = this.room;
    const question = lab.questions.find(({ id }) => id === answer.question);
    if (question === undefined) throw new Error(`the lab has no question ${answer.question}`);
    const whole = waiting.grade(answer.student);
    const grade = this.named && reader.role === 'lead' ? whole : blindfold(whole)(whole);
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
    const given = this.#mark(answer, reader);
    const current = given !== null && isCurrent(given, answer);
    const members = this.#group(answer);
    const items = this.room.items(answer.question);
    const suggested = checks.flatMap(({ evidence }) =>
      evidence.flatMap((item) => (item.kind === 'rubric' ? item.items : [])),
    );
    const standing = record.standing.get(answer.key) ?? [];
    return {
      id: this.id(answer.key),
      question: answer.question,
      max: answer.max,
      ...renderForReader(shown, { lab, question }),
      pdf: pdfOf(whole, answer.question) !== null,
      student: this.named && reader.role === 'lead' ? answer.student : null,
      mark: current ? given.mark : null,
      points: current && given.mark.decided ? this.#points(given, answer) : null,
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
              unopened: members.filter((key) => key !== answer.key && !record.opened.has(key))
                .length,
              out: record.out.has(answer.key),
            },
      heldBy,
      appeals: record.appeals
        .filter((appeal) => appeal.answer === answer.key)
        .map(({ appeal, item, text, decision }) => ({
          id: appeal,
          answer: this.id(answer.key),
          question: answer.question,
          item: items.find(({ id }) => id === item)?.concept ?? item,
          text: this.hide(answer)(text),
          decision:
            decision === null ? null : { outcome: decision.outcome, reason: decision.reason },
        })),
      marks:
        reader.role === 'lead'
          ? standing.map((mark) => ({
              reader: mark.reader,
              points: this.#points(mark, answer),
              comment: mark.mark.comment,
            }))
          : [],
    };
  }

  /** Marks an answer, or all of its group that this reader may read. */
  mark(
    reader: Reader,
    answer: WaitingAnswer,
    request: { mark: Mark; group: boolean; trust: boolean; reason?: string },
  ): ReviewEvent {
    const { mark, group, trust, reason } = request;
    const { record } = this.room;
    const members = (group ? this.#group(answer) : null) ?? [answer.key];
    const keys = members.filter((key) => {
      const member = this.room.answer(key);
      if (member === undefined || !this.mayOpen(member, reader)) return false;
      // What somebody has marked by itself is not marked over with its group.
      return (
        key === answer.key ||
        this.#mark(member, reader) === null ||
        this.#mark(member, reader)?.ground === 'group'
      );
    });
    const unopened = new Set(
      trust ? [] : keys.filter((key) => key !== answer.key && !record.opened.has(key)),
    );
    const isDecision = reader.role === 'lead' && !this.isMine(answer, reader);
    const ground = group ? 'group' : isDecision || reason !== undefined ? 'decision' : 'read';
    return this.room.mark(
      reader.name,
      { answers: keys, mark, ground, unopened, ...(reason === undefined ? {} : { reason }) },
      (given) => this.#sees(given, answer, reader, ground === 'decision'),
    );
  }

  groups(question: string, reader: Reader): GroupView[] {
    const { record } = this.room;
    return this.#groupsOf(question).flatMap((keys, index) => {
      const members = keys.flatMap((key) => {
        const answer = this.room.answer(key);
        if (answer === undefined || !this.#shows(answer, reader)) return [];
        return [
          {
            id: this.id(key),
            text: this.hide(answer)(answer.text).replaceAll(/\s+/gu, ' ').slice(0, 400),
            opened: record.opened.has(key),
            state: this.#state(answer, reader),
          },
        ];
      });
      return members.length < 2 ? [] : [{ number: index + 1, members }];
    });
  }

  search(words: string, reader: Reader): SearchHit[] {
    const asked = words.normalize('NFKC').toLowerCase().trim();
    if (asked === '') return [];
    const hits: SearchHit[] = [];
    for (const answer of this.room.waiting.answers) {
      if (hits.length >= MOST_HITS) break;
      if (!this.#shows(answer, reader)) continue;
      const texts = [
        ['answer', () => answer.text],
        ['comment', () => this.#mark(answer, reader)?.mark.comment ?? ''],
      ] as const;
      for (const [where, text] of texts) {
        if (!text().toLowerCase().includes(asked)) continue;
        // A name is not found where it is not shown.
        const shown = this.hide(answer)(text()).replaceAll(/\s+/gu, ' ');
        const at = shown.toLowerCase().indexOf(asked);
        if (at === -1) continue;
        hits.push({
          id: this.id(answer.key),
          question: answer.question,
          text: shown.slice(Math.max(0, at - 60), at + asked.length + 120),
          where,
        });
      }
    }
    return hits;
  }

  /** Comments on a question that were written before, the most used first. Those of a blind second reader are theirs alone. */
  comments(question: string, reader: Reader): CommentView[] {
    const used = new Map<string, number>();
    for (const [key, marks] of this.room.record.marks) {
      const answer = this.room.answer(key);
      if (answer?.question !== question) continue;
      for (const given of marks) {
        if (given.reader !== reader.name && !this.#sees(given, answer, reader, false)) continue;
        const text = given.mark.comment.trim();
        if (text !== '') used.set(text, (used.get(text) ?? 0) + 1);
      }
    }
    return [...used]
      .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MOST_COMMENTS)
      .map(([text, count]) => ({ text, used: count }));
  }

  /** What undoing or redoing did, for the page. */
  action(event: ReviewEvent | null, verb: string): ActionView {
    if (event === null) return { what: `Nothing to ${verb}.`, question: null, answer: null };
    const { body } = event;
    const key =
      body.kind === 'markGiven'
        ? (body.answers[0]?.answer ?? null)
        : body.kind === 'memberTakenOut'
          ? body.answer
          : null;
    const question =
      body.kind === 'itemWritten' ? body.question : (this.room.answer(key ?? '')?.question ?? null);
    const names: Partial<Record<ReviewEvent['body']['kind'], string>> = {
      markGiven: 'a mark',
      itemWritten: 'an item of the rubric',
      memberTakenOut: 'a change of a group',
      appealDecided: 'a decision on an appeal',
    };
    return {
      what: `${verb === 'undo' ? 'Undone' : 'Done again'}: ${names[body.kind] ?? body.kind}.`,
      question,
      answer: key === null ? null : this.id(key),
    };
  }

  /** Median seconds from one mark of the reader to the next. */
  pace({ name }: Reader): number | null {
    const times = this.room.events
      .filter(({ reader, body }) => reader === name && body.kind === 'markGiven')
      .map(({ at }) => Date.parse(at) / 1000);
    const gaps = times
      .slice(1)
      .map((time, index) => time - (times[index] ?? time))
      .filter((gap) => gap > 0 && gap < LONGEST_SECONDS)
      .toSorted((a, b) => a - b);
    return gaps.length < FEWEST_PACES ? null : (gaps[Math.floor(gaps.length / 2)] ?? null);
  }

  /** The mark that a reader may know of: their own, or what stands where they may see it. */
  #mark(answer: WaitingAnswer, reader: Reader): GivenMark | null {
    const own = this.room.own(answer, reader.name);
    const standing = (this.room.record.standing.get(answer.key) ?? []).filter((given) =>
      this.#sees(given, answer, reader, reader.role === 'lead' && !this.isMine(answer, reader)),
    );
    const decision = standing.findLast(({ ground }) => ground === 'decision');
    return decision ?? own ?? standing.at(-1) ?? null;
  }

  /** Nobody sees another's mark of an answer that is marked twice; the lead does, where the lead reads neither time. */
  #sees(given: GivenMark, answer: WaitingAnswer, reader: Reader, decides: boolean): boolean {
    if (given.reader === reader.name || decides) return true;
    return !this.isTwice(answer) || given.ground === 'table' || given.ground === 'decision';
  }

  #points(given: GivenMark, answer: WaitingAnswer): number {
    return pointsOf(given.mark, this.room.items(answer.question), answer.max);
  }

  #state(answer: WaitingAnswer, reader: Reader): AnswerState {
    const given = this.#mark(answer, reader);
    const result = this.room.result(answer);
    if (result.state === 'conflict' && reader.role === 'lead') return 'conflict';
    if (given === null) return 'open';
    if (!isCurrent(given, answer)) return 'stale';
    if (given.mark.doubtful) return 'doubtful';
    if (!given.mark.decided) return 'open';
    return given.unopened && !this.room.record.opened.has(answer.key) ? 'unopened' : 'marked';
  }

  /** A reader has their share; the lead sees all. */
  #shows(answer: WaitingAnswer, reader: Reader): boolean {
    return this.mayOpen(answer, reader);
  }

  #groupsOf(question: string): readonly (readonly string[])[] {
    let groups = this.#groups.get(question);
    if (groups === undefined) {
      const prompt = this.room.lab.questions.find(({ id }) => id === question)?.prompt ?? '';
      groups = answerGroups(this.#ordered.get(question) ?? [], prompt);
      this.#groups.set(question, groups);
    }
    return groups;
  }

  /** The other answers of an answer's group and itself, without those that were taken out; `null` outside of any. */
  #group(answer: WaitingAnswer): readonly string[] | null {
    const group = this.#groupsOf(answer.question).find((keys) => keys.includes(answer.key));
    if (group === undefined) return null;
    const { out } = this.room.record;
    const members = group.filter((key) => key === answer.key || !out.has(key));
    return out.has(answer.key) ? [answer.key] : members;
  }

  #groupNumbers(question: string): ReadonlyMap<string, number> {
    const { out } = this.room.record;
    return new Map(
      this.#groupsOf(question).flatMap((keys, index) =>
        keys.filter((key) => !out.has(key)).map((key) => [key, index + 1] as const),
      ),
    );
  }
}

/** Who reads what, for the record. */
export function planOf({ readers, by, twice, seed }: Team): BodyOf<'planned'> {
  return {
    kind: 'planned',
    readers: readers.filter(({ reads }) => reads).map(({ name, role }) => ({ name, role })),
    by,
    twice,
    seed,
  };
}

function isDone(state: AnswerState): boolean {
  return state === 'marked';
}
