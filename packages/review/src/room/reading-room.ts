import type { Lab } from '@labproof/lab';
import { canonicalJson } from '@labproof/core';
import type { WaitingAnswer, WaitingAnswers } from '../answers/waiting-answers.ts';
import { toRedo, toUndo } from '../marks/effective.ts';
import { type EventBody, type Mark, type ReviewEvent, signed } from '../marks/event.ts';
import { type GivenMark, standingAmong } from '../marks/answer-marks.ts';
import { readRecord, type RecordState } from '../marks/record.ts';
import { type AnswerResult, resultOf } from '../marks/result.ts';
import type { Item } from '../marks/rubric.ts';
import type { MarksDatabase } from '../storage/marks-database.ts';

/** A mark with what it is given for. */
export interface MarkRequest {
  readonly answers: readonly string[];
  readonly mark: Mark;
  readonly ground: 'read' | 'group' | 'decision' | 'table';
  readonly reason?: string;
  /** Answers of a group that the reader has not opened. */
  readonly unopened?: ReadonlySet<string>;
  /** Digests of the answers that were read, where they are others than those of today. */
  readonly digests?: ReadonlyMap<string, string | null>;
}

/** The marks of one class: what is done becomes an event on the disk, and what stands is computed from all events. */
export class ReadingRoom {
  readonly lab: Lab;
  readonly waiting: WaitingAnswers;
  readonly #database: MarksDatabase;
  /** The time as text. */
  readonly #now: () => string;
  readonly #answers: ReadonlyMap<string, WaitingAnswer>;
  #record: RecordState | null = null;

  constructor(options: {
    readonly lab: Lab;
    readonly waiting: WaitingAnswers;
    readonly database: MarksDatabase;
    readonly now: () => string;
  }) {
    this.lab = options.lab;
    this.waiting = options.waiting;
    this.#database = options.database;
    this.#now = options.now;
    this.#answers = new Map(options.waiting.answers.map((answer) => [answer.key, answer]));
  }

  get events(): readonly ReviewEvent[] {
    return this.#database.events;
  }

  get record(): RecordState {
    this.#record ??= readRecord(this.lab, this.#database.events);
    return this.#record;
  }

  answer(key: string): WaitingAnswer | undefined {
    return this.#answers.get(key);
  }

  items(question: string): readonly Item[] {
    return this.record.items.get(question) ?? [];
  }

  /** What stands for an answer, of all readers. */
  result(answer: WaitingAnswer): AnswerResult {
    const standing = this.record.standing.get(answer.key) ?? [];
    return resultOf(standing, this.items(answer.question), answer);
  }

  /** What one reader says of an answer, as if nobody else had read it. */
  own(answer: WaitingAnswer, reader: string): GivenMark | null {
    const marks = this.record.marks.get(answer.key) ?? [];
    return standingAmong(marks.filter((given) => given.reader === reader)).at(-1) ?? null;
  }

  /**
   * Marks answers. A reader who must not know of the other marks replaces only their own; everybody else takes the
   * place of what stands.
   */
  mark(
    reader: string,
    request: MarkRequest,
    sees: (given: GivenMark) => boolean = () => true,
  ): ReviewEvent {
    return this.act(reader, this.markBody(reader, request, sees));
  }

  /** What `mark` would add. */
  markBody(
    reader: string,
    { answers, mark, ground, reason, unopened, digests }: MarkRequest,
    sees: (given: GivenMark) => boolean = () => true,
  ): EventBody {
    return {
      kind: 'markGiven',
      answers: answers.map((key) => {
        const answer = this.#answers.get(key);
        if (answer === undefined) throw new Error(`there is no answer ${key}`);
        const standing = this.record.standing.get(key) ?? [];
        return {
          answer: key,
          digest: digests?.has(key) === true ? (digests.get(key) ?? null) : answer.digest,
          basis: ground === 'table' ? null : answer.basis,
          over: standing
            .filter((given) => given.reader === reader || sees(given))
            .map(({ id }) => id),
          ...(unopened?.has(key) === true ? { unopened: true as const } : {}),
        };
      }),
      mark,
      ground,
      ...(reason === undefined ? {} : { reason }),
    };
  }

  /** Adds what a reader does to the record. It is on the disk when this returns. */
  act(reader: string, body: EventBody): ReviewEvent {
    const [event] = this.actAll(reader, [body]);
    if (event === undefined) throw new Error('nothing was added');
    return event;
  }

  /** Adds several things at once: all of them or none. */
  actAll(reader: string, bodies: readonly EventBody[]): ReviewEvent[] {
    const last = this.#database.events.reduce((most, { clock }) => Math.max(most, clock), 0);
    const at = this.#now();
    const events = bodies.map((body, index) =>
      signed({ clock: last + 1 + index, reader, at, body }),
    );
    this.#database.append(events);
    this.#record = null;
    return events;
  }

  /** Takes the reader's last action back; `null` where there is none. */
  undo(reader: string): ReviewEvent | null {
    const last = toUndo(this.events, reader);
    if (last !== null) this.act(reader, { kind: 'undone', event: last.id });
    return last;
  }

  /** Does again what the reader took back last; `null` where there is nothing. Gives the action. */
  redo(reader: string): ReviewEvent | null {
    const undoing = toRedo(this.events, reader);
    if (undoing === null || undoing.body.kind !== 'undone') return null;
    const { event: action } = undoing.body;
    this.act(reader, { kind: 'undone', event: undoing.id });
    return this.events.find(({ id }) => id === action) ?? null;
  }

  /** Adds events of other copies of the record; those that are there already are not added again. */
  merge(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
    const added = this.#database.append(events);
    this.#record = null;
    return added;
  }

  /** Scores that an item's new points or words would move, by answer. Changes nothing. */
  previewItem(body: Extract<EventBody, { kind: 'itemWritten' }>): {
    readonly answer: WaitingAnswer;
    readonly before: AnswerResult;
    readonly after: AnswerResult;
  }[] {
    const now = this.items(body.question);
    const exists = now.some(({ id }) => id === body.item);
    const { item: id, concept, points, lookFor, retired } = body;
    const next: Item = { id, concept, points, lookFor, retired, origin: 'reader' };
    const items = exists ? now.map((item) => (item.id === id ? next : item)) : [...now, next];
    return this.waiting.answers
      .filter(({ question }) => question === body.question)
      .flatMap((answer) => {
        const standing = this.record.standing.get(answer.key) ?? [];
        const before = resultOf(standing, now, answer);
        const after = resultOf(standing, items, answer);
        return canonicalJson(before) === canonicalJson(after) ? [] : [{ answer, before, after }];
      });
  }
}
