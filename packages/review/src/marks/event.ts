import { canonicalJson, hashOf } from '@labproof/core';
import { z } from 'zod';

/** A reader's name: what the page shows, so that nothing in it can be anything but a name. */
export const ReaderNameSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'_-]{0,39}$/u);

/** The reader whose marks are those that somebody typed into `reviews.csv`. */
export const SPREADSHEET = 'spreadsheet';

/** A number that JSON keeps and that points can be. */
const Points = z.number().min(-1000).max(1000);

/** What a reader says of an answer. */
export const MarkSchema = z.strictObject({
  /** How much of each rubric item is given, by its id: 1 is all of it. Items that are not named are not given. */
  items: z.record(z.string(), z.number().gt(0).max(1)),
  /** Points in place of those of the items, where the reader has typed a number; else `null`. */
  fixed: Points.nullable(),
  comment: z.string().max(20_000),
  /** The reader wants to look again, or wants somebody else to. */
  doubtful: z.boolean(),
  /** `false`: words or a doubt, and no decision on the points yet. */
  decided: z.boolean(),
});
export type Mark = z.infer<typeof MarkSchema>;

/** One answer that a mark is given to, as the reader saw it. */
const MarkedAnswerSchema = z.strictObject({
  /** `student:question`. */
  answer: z.string(),
  /** Digest of the answer that was read; `null` where a table did not say. */
  digest: z.string().nullable(),
  /** Digest of the rubric and the points that waited; `null` from a table, which has none. */
  basis: z.string().nullable(),
  /** The marks that the reader knew of and that this one takes the place of. */
  over: z.array(z.string()),
  /** Given to a group without this answer being opened. */
  unopened: z.literal(true).optional(),
});

const BodySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('markGiven'),
    answers: z.array(MarkedAnswerSchema).min(1),
    mark: MarkSchema,
    /** `read`: an answer. `group`: a group of equal answers. `decision`: by the lead. `table`: from `reviews.csv`. */
    ground: z.enum(['read', 'group', 'decision', 'table']),
    reason: z.string().max(5000).optional(),
  }),
  z.strictObject({
    kind: z.literal('itemWritten'),
    question: z.string(),
    item: z.string().regex(/^[a-z0-9-]{1,40}$/u),
    concept: z.string().min(1).max(500),
    points: Points,
    lookFor: z.string().max(2000),
    /** No longer offered; marks that were given with it lose it. */
    retired: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('answerOpened'), answer: z.string() }),
  /** Takes an answer out of its group, or puts it back. */
  z.strictObject({ kind: z.literal('memberTakenOut'), answer: z.string(), out: z.boolean() }),
  z.strictObject({ kind: z.literal('undone'), event: z.string() }),
  z.strictObject({
    kind: z.literal('planned'),
    readers: z.array(z.strictObject({ name: ReaderNameSchema, role: z.enum(['lead', 'reader']) })),
    by: z.enum(['share', 'question']),
    /** The share of answers that two people read. */
    twice: z.number().min(0).max(1),
    seed: z.string(),
    /** Who shares the answers to a question, where the lead has said it; all readers elsewhere. */
    questions: z.record(z.string(), z.array(ReaderNameSchema).min(1)).optional(),
    /** Said by the lead on the page, and not by the file of the team. */
    from: z.literal('page').optional(),
  }),
  z.strictObject({
    kind: z.literal('appealFiled'),
    /** Digest of what it says, so that the same appeal is never there twice. */
    appeal: z.string(),
    answer: z.string(),
    item: z.string().nullable(),
    text: z.string().min(1).max(20_000),
  }),
  z.strictObject({
    kind: z.literal('appealDecided'),
    appeal: z.string(),
    outcome: z.enum(['changed', 'kept']),
    reason: z.string().min(1).max(5000),
  }),
  z.strictObject({
    kind: z.literal('released'),
    version: z.int().positive(),
    digest: z.string(),
    students: z.int(),
  }),
]);
export type EventBody = z.infer<typeof BodySchema>;

const UnsignedSchema = z.strictObject({
  /** A Lamport clock: greater than that of everything its reader knew of. */
  clock: z.int().positive().max(999_999_999),
  reader: ReaderNameSchema,
  /** When, as the clock of the reader's machine says: for time left and drift, never for order. */
  at: z.string(),
  body: BodySchema,
});

export const ReviewEventSchema = UnsignedSchema.extend({ id: z.string() });

/** Something that somebody did in the reading room. Events are only ever added. */
export type ReviewEvent = z.infer<typeof ReviewEventSchema>;

/** What one kind of event says. */
export type BodyOf<Kind extends EventBody['kind']> = Extract<EventBody, { kind: Kind }>;

/** An event with its id, which holds its place in the order and a digest of all that it says. */
export function signed(event: z.infer<typeof UnsignedSchema>): ReviewEvent {
  return { id: idOf(event), ...event };
}

/** Whether an event says what it said when it got its id. */
export function isWhole({ id, ...event }: ReviewEvent): boolean {
  return idOf(event) === id;
}

function idOf(event: z.infer<typeof UnsignedSchema>): string {
  const order = String(event.clock).padStart(9, '0');
  return `${order}.${event.reader}.${hashOf(event).slice(0, 16)}`;
}

/** An event as the one line that stands for it everywhere. */
export function eventLine(event: ReviewEvent): string {
  return canonicalJson(event);
}

export function answerKey(student: string, question: string): string {
  return `${student}:${question}`;
}

export function partsOfKey(key: string): { student: string; question: string } {
  const at = key.lastIndexOf(':');
  return { student: key.slice(0, at), question: key.slice(at + 1) };
}
