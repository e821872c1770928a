import { hashOf } from '@labproof/core';
import { z } from 'zod';
import { MarkSchema } from '../marks/event.ts';
import type { Reader } from '../team/team.ts';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import { appealedMark } from '../room/appealed-mark.ts';
import { undecidedAppeals } from '../room/left-open.ts';
import { actionView, paceOf } from './activity.ts';
import { answerView } from './answer-view.ts';
import type { AnswerPages } from './answer-pages.ts';
import type { Desk } from './desk.ts';
import type { Holds } from './holds.ts';
import { leadView } from './lead.ts';
import { planEvent, planPreview } from './plan-view.ts';
import { groupViews, questionViews, queueView } from './queue-view.ts';
import { commentViews, searchHits } from './words.ts';

/** What a request may be refused with: an HTTP status and a sentence for the page. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a request is handled with. */
export interface Visit {
  readonly desk: Desk;
  readonly holds: Holds;
  readonly pages: AnswerPages | null;
  readonly reader: Reader;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

const AnswerSchema = z.strictObject({ answer: z.string() });
const MarkBodySchema = AnswerSchema.extend({
  mark: MarkSchema,
  group: z.boolean().default(false),
  trust: z.boolean().default(false),
  reason: z.string().min(1).max(5000).optional(),
});
const ItemBodySchema = z.strictObject({
  question: z.string(),
  item: z.string().nullable(),
  concept: z.string().trim().min(1).max(500),
  points: z.number().min(-1000).max(1000),
  lookFor: z.string().max(2000),
  retired: z.boolean(),
});
const MemberSchema = AnswerSchema.extend({ out: z.boolean() });
const PlanSchema = z.strictObject({
  questions: z.record(z.string(), z.array(z.string())),
  twice: z.number().min(0).max(1),
});
const AppealSchema = z.strictObject({
  appeal: z.string(),
  outcome: z.enum(['changed', 'kept']),
  reason: z.string().trim().min(1).max(5000),
});

/** What every request does, by method and path. Each answers with a value of `protocol.ts`, or a promise of one. */
export const ROUTES: Readonly<Record<string, (visit: Visit) => unknown>> = {
  'GET /api/session': ({ desk, reader }) => ({
    reader: reader.name,
    role: reader.role,
    lab: desk.room.lab.title,
    named: desk.named && reader.role === 'lead',
    questions: questionViews(desk, reader),
    pace: paceOf(desk, reader),
    appeals: reader.role === 'lead' ? undecidedAppeals(desk.room).length : 0,
  }),
  'GET /api/queue': ({ desk, reader, query }) =>
    queueView(desk, query.get('question') ?? '', reader),
  'GET /api/answer': ({ desk, holds, reader, query }) => {
    const answer = openable(desk, reader, query.get('id') ?? '');
    return answerView(desk, answer, reader, holds.other(answer.key, reader.name));
  },
  'GET /api/pages': ({ desk, pages, reader, query }) => {
    const answer = openable(desk, reader, query.get('id') ?? '');
    if (pages === null) throw new Refused(404, 'There are no pictures of pages here.');
    return pages.of(desk, answer, reader);
  },
  'POST /api/open': ({ desk, holds, reader, body }) => {
    const answer = openable(desk, reader, parsed(AnswerSchema, body).answer);
    holds.take(answer.key, reader.name);
    if (!desk.room.record.opened.has(answer.key)) {
      desk.room.act(reader.name, { kind: 'answerOpened', answer: answer.key });
    }
    return { heldBy: holds.other(answer.key, reader.name) };
  },
  'POST /api/mark': ({ desk, holds, reader, body }) => {
    const { answer: id, mark, group, trust, reason } = parsed(MarkBodySchema, body);
    const answer = openable(desk, reader, id);
    const standing = desk.room.record.standing.get(answer.key) ?? [];
    if (reader.role !== 'lead' && standing.some(({ ground }) => ground === 'decision')) {
      throw new Refused(409, 'The lead has decided on this answer; nothing was changed.');
    }
    const other = holds.other(answer.key, reader.name);
    // Two who read an answer independently have it open at once without knowing.
    if (other !== null && !desk.isTwice(answer)) {
      throw new Refused(409, `${other} has this answer open; nothing was changed.`);
    }
    desk.mark(reader, answer, { mark, group, trust, ...(reason === undefined ? {} : { reason }) });
    return { what: 'Saved.', question: answer.question, answer: id };
  },
  'POST /api/undo': ({ desk, reader }) => actionView(desk, desk.room.undo(reader.name), 'undo'),
  'POST /api/redo': ({ desk, reader }) => actionView(desk, desk.room.redo(reader.name), 'redo'),
  'POST /api/item/preview': ({ desk, body }) => {
    const moves = desk.room.previewItem(itemEvent(desk, parsed(ItemBodySchema, body)));
    return {
      moves: moves
        .map(({ answer, before, after }) => ({
          id: desk.id(answer.key),
          before: 'points' in before ? before.points : null,
          after: 'points' in after ? after.points : null,
        }))
        .filter(({ before, after }) => before !== after),
    };
  },
  'POST /api/item': ({ desk, reader, body }) => {
    const event = itemEvent(desk, parsed(ItemBodySchema, body));
    desk.room.act(reader.name, event);
    return { what: 'The rubric was changed.', question: event.question, answer: null };
  },
  'GET /api/groups': ({ desk, reader, query }) =>
    groupViews(desk, query.get('question') ?? '', reader),
  'POST /api/member': ({ desk, reader, body }) => {
    const { answer: id, out } = parsed(MemberSchema, body);
    const answer = openable(desk, reader, id);
    desk.room.act(reader.name, { kind: 'memberTakenOut', answer: answer.key, out });
    return {
      what: out ? 'Taken out of its group.' : 'Put back.',
      question: answer.question,
      answer: id,
    };
  },
  'GET /api/search': ({ desk, reader, query }) =>
    searchHits(desk, query.get('words') ?? '', reader),
  'GET /api/comments': ({ desk, reader, query }) =>
    commentViews(desk, query.get('question') ?? '', reader),
  'GET /api/lead': ({ desk, reader }) => {
    leadOnly(reader);
    return leadView(desk);
  },
  'POST /api/plan/preview': ({ desk, reader, body }) => {
    leadOnly(reader);
    return planPreview(desk, planned(desk, body));
  },
  'POST /api/plan': ({ desk, reader, body }) => {
    leadOnly(reader);
    desk.room.act(reader.name, planned(desk, body));
    return { what: 'Who reads what was changed.', question: null, answer: null };
  },
  'POST /api/appeal': ({ desk, reader, body }) => {
    leadOnly(reader);
    const { appeal, outcome, reason } = parsed(AppealSchema, body);
    const found = desk.room.record.appeals.find((entry) => entry.appeal === appeal);
    if (found === undefined) throw new Refused(404, 'There is no such appeal.');
    const mark = appealedMark(desk.room, { ...found, decision: null });
    const isTold = desk.room.record.releases.length > 0;
    if (
      isTold &&
      outcome === 'changed' &&
      (mark?.became === 'same' || mark?.became === 'set-back')
    ) {
      throw new Refused(
        409,
        'The mark is what the student was told, so nothing was recorded. Mark the answer first, or say that the mark stays.',
      );
    }
    desk.room.act(reader.name, { kind: 'appealDecided', appeal, outcome, reason });
    const question = desk.room.answer(found.answer)?.question ?? null;
    return { what: 'The decision was recorded.', question, answer: desk.id(found.answer) };
  },
};

type ItemEvent = Parameters<Desk['room']['previewItem']>[0];

function itemEvent(desk: Desk, { item, ...rest }: z.infer<typeof ItemBodySchema>): ItemEvent {
  const known = desk.room.record.items.get(rest.question);
  if (known === undefined) throw new Refused(404, 'There is no such question.');
  if (item !== null && !known.some(({ id }) => id === item)) {
    throw new Refused(404, 'There is no such item.');
  }
  // The id of a new item is of its words and place, so that two readers who add the same one add one.
  const id = item ?? `own-${hashOf([rest.question, rest.concept]).slice(0, 12)}`;
  return { kind: 'itemWritten', item: id, ...rest };
}

function planned(desk: Desk, body: unknown): ReturnType<typeof planEvent> {
  const asked = parsed(PlanSchema, body);
  try {
    return planEvent(desk, asked);
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(400, error.message);
    throw error;
  }
}

function openable(desk: Desk, reader: Reader, id: string): WaitingAnswer {
  const answer = desk.answerOf(id);
  if (answer === null || !desk.mayOpen(answer, reader)) {
    throw new Refused(404, 'There is no such answer among yours.');
  }
  return answer;
}

function leadOnly({ role }: Reader): void {
  if (role !== 'lead') throw new Refused(403, 'Only the lead may see this.');
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success)
    throw new Refused(400, `The request is not understood: ${z.prettifyError(result.error)}`);
  return result.data;
}
