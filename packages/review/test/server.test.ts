import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  AnswerView,
  GroupView,
  LeadView,
  PlanPreview,
  QueueView,
  SessionView,
} from '../src/server/protocol.ts';
import { gradedFolder } from './support/small-class.ts';
import { serveForTest, teamOf, type TestRoom } from './support/served-room.ts';

const students = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `student${index}`,
    {
      name: `Ines Number${index}`,
      answers: {
        q1:
          index < 3
            ? 'Meters are read for the electricity company, which saves hours of typing.'
            : `Ines Number${index} reads form ${index} of archive ${index * 7}, says student${index}.`,
      },
    },
  ]),
);
const MARK = { items: {}, fixed: 1, comment: '', doubtful: false, decided: true };

let room: TestRoom;
afterEach(() => room.close());

const queueOf = async (reader: string): Promise<QueueView> =>
  (await room.ask<QueueView>(reader, 'queue?question=q1')).value;
const viewOf = async (reader: string, id: string): Promise<AnswerView> =>
  (await room.ask<AnswerView>(reader, `answer?id=${id}`)).value;

describe('the server', () => {
  it('answers nobody without a token, another host, another page or another form', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    const mark = { answer: (await queueOf('lea')).answers[0]?.id, mark: MARK };
    expect((await room.ask('nobody', 'session')).status).toBe(401);
    expect((await room.ask('lea', 'mark', mark, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await room.ask('lea', 'mark', mark, { 'content-type': 'text/plain' })).status).toBe(
      415,
    );
    expect((await room.ask('lea', 'mark', { answer: 1 })).status).toBe(400);
    expect((await room.ask('lea', 'mark', { ...mark, answer: '../x' })).status).toBe(404);
    expect((await room.ask('lea', 'nothing')).status).toBe(404);
    expect(await statusFor(room.served.port, 'evil.example')).toBe(421);
    expect(room.open.room.record.marks.size).toBe(0);
    expect((await room.ask('lea', 'mark', mark)).status).toBe(200);
    expect(room.open.room.record.marks.size).toBe(1);
    expect(room.faults).toEqual([]);
  });

  it('lets the lead alone say who reads what, after telling what it moves', async () => {
    room = await serveForTest(
      gradedFolder(students),
      teamOf(['lea', 'anna', 'ben'], { twice: 0.2 }),
    );
    const before = await queueOf('anna');
    const [first] = before.answers;
    const mark = { answer: first?.id, mark: MARK };
    expect((await room.ask('anna', 'mark', mark)).status).toBe(200);
    const plan = { questions: { q1: ['ben'] }, twice: 0 };
    expect((await room.ask('anna', 'plan', plan)).status).toBe(403);
    expect((await room.ask('lea', 'plan', { ...plan, questions: {} })).status).toBe(400);
    const { value } = await room.ask<PlanPreview>('lea', 'plan/preview', plan);
    expect(value.left).toMatchObject([
      { reader: 'lea' },
      { reader: 'anna', after: 0 },
      { reader: 'ben', after: 11 },
    ]);
    expect((await queueOf('anna')).answers).toHaveLength(before.answers.length);
    expect((await room.ask('lea', 'plan', plan)).status).toBe(200);
    expect((await queueOf('anna')).answers.map(({ id, state }) => [id, state])).toEqual([
      [first?.id, 'marked'],
    ]);
    expect((await queueOf('ben')).answers).toHaveLength(11);
    const { value: lead } = await room.ask<LeadView>('lea', 'lead');
    expect(lead.plan).toMatchObject({ chosen: true, twice: 0, questions: [{ readers: ['ben'] }] });
    await room.ask('lea', 'undo', {});
    expect((await queueOf('anna')).answers).toHaveLength(before.answers.length);
    await room.ask('lea', 'redo', {});
    expect((await queueOf('ben')).answers).toHaveLength(11);
  });

  it('says nothing of who a student is', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    const queue = await room.ask('lea', 'queue?question=q1');
    const said = [JSON.stringify(queue)];
    for (const { id } of (queue.value as QueueView).answers) {
      said.push(JSON.stringify(await viewOf('lea', id)));
    }
    said.push(JSON.stringify(await room.ask('lea', 'groups?question=q1')));
    said.push(JSON.stringify(await room.ask('lea', 'search?words=number')));
    expect(said.join('')).not.toMatch(/student\d|Ines|Number\d/u);
    expect(said.join('')).toContain('archive 21');
  });

  it('gives every reader a share, and keeps the second marks apart until the lead decides', async () => {
    room = await serveForTest(
      gradedFolder(students),
      teamOf(['lea', 'anna', 'ben'], { twice: 0.25 }),
    );
    const [anna, ben] = [await queueOf('anna'), await queueOf('ben')];
    expect(anna.answers.length + ben.answers.length).toBe(12 + 3);
    const shared = anna.answers.filter(({ id }) => ben.answers.some((other) => other.id === id));
    expect(shared).toHaveLength(3);
    const foreign = ben.answers.find(({ id }) => !shared.some((other) => other.id === id));
    expect((await room.ask('anna', `answer?id=${foreign?.id}`)).status).toBe(404);
    expect((await room.ask('anna', 'mark', { answer: foreign?.id, mark: MARK })).status).toBe(404);
    const [twice] = shared;
    await room.ask('anna', 'mark', {
      answer: twice?.id,
      mark: { ...MARK, comment: 'a word of anna' },
    });
    expect((await viewOf('ben', twice?.id ?? '')).mark).toBeNull();
    expect(JSON.stringify(await room.ask('ben', 'comments?question=q1'))).not.toContain('anna');
    await room.ask('ben', 'mark', { answer: twice?.id, mark: { ...MARK, fixed: 0.5 } });
    const view = await viewOf('anna', twice?.id ?? '');
    expect(view).toMatchObject({ points: 1, marks: [] });
    expect((await queueOf('anna')).answers.find(({ id }) => id === twice?.id)?.state).toBe(
      'marked',
    );
    expect((await room.ask('anna', 'lead')).status).toBe(403);
    const lead = (await room.ask<LeadView>('lea', 'lead')).value;
    expect(lead.conflicts).toMatchObject([
      {
        id: twice?.id,
        marks: [
          { reader: 'anna', points: 1 },
          { reader: 'ben', points: 0.5 },
        ],
      },
    ]);
    expect(lead.points).toMatchObject({ n: 1, same: 0 });
    await room.ask('lea', 'mark', {
      answer: twice?.id,
      mark: { ...MARK, fixed: 0.5 },
      reason: 'Nobody is named.',
    });
    expect((await room.ask<LeadView>('lea', 'lead')).value.conflicts).toEqual([]);
    expect((await viewOf('anna', twice?.id ?? '')).points).toBe(0.5);
    const late = await room.ask<{ message: string }>('anna', 'mark', {
      answer: twice?.id,
      mark: MARK,
    });
    expect(late).toMatchObject({
      status: 409,
      value: { message: 'The lead has decided on this answer; nothing was changed.' },
    });
  });

  it('lets no two mark one answer that one of them has open', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea', 'anna']));
    const id = (await queueOf('anna')).answers[0]?.id;
    await room.ask('anna', 'open', { answer: id });
    expect((await room.ask('lea', 'open', { answer: id })).value).toEqual({ heldBy: 'anna' });
    expect(await room.ask('lea', 'mark', { answer: id, mark: MARK })).toMatchObject({
      status: 409,
    });
    const other = (await queueOf('anna')).answers[1]?.id;
    await room.ask('anna', 'open', { answer: other });
    expect((await room.ask('lea', 'mark', { answer: id, mark: MARK })).status).toBe(200);
  });

  it('marks a group once, and leaves what nobody opened in the queue unless the reader says otherwise', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    const group = (await queueOf('lea')).answers.filter((entry) => entry.group === 1);
    expect(group).toHaveLength(3);
    const [first, second, third] = group.map(({ id }) => id);
    await room.ask('lea', 'open', { answer: first });
    await room.ask('lea', 'member', { answer: third, out: true });
    await room.ask('lea', 'mark', { answer: first, mark: MARK, group: true });
    const states = async (): Promise<unknown[]> => {
      const { answers } = await queueOf('lea');
      return [first, second, third].map((id) => answers.find((entry) => entry.id === id)?.state);
    };
    expect(await states()).toEqual(['marked', 'unopened', 'open']);
    await room.ask('lea', 'open', { answer: second });
    expect(await states()).toEqual(['marked', 'marked', 'open']);
    await room.ask('lea', 'undo', {});
    expect(await states()).toEqual(['open', 'open', 'open']);
    await room.ask('lea', 'redo', {});
    expect(await states()).toEqual(['marked', 'marked', 'open']);
  });

  it('shows whose points an item would move, and moves them', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    const queue = await queueOf('lea');
    const [item] = queue.items;
    const [answer] = queue.answers;
    await room.ask('lea', 'mark', {
      answer: answer?.id,
      mark: { ...MARK, fixed: null, items: { [item?.id ?? '']: 1 } },
    });
    const { origin: _, id, ...rest } = item ?? { origin: '', id: '' };
    const body = { question: 'q1', ...rest, item: id, points: 0.25 };
    expect((await room.ask('lea', 'item/preview', body)).value).toEqual({
      moves: [{ id: answer?.id, before: 0.5, after: 0.25 }],
    });
    expect((await viewOf('lea', answer?.id ?? '')).points).toBe(0.5);
    await room.ask('lea', 'item', body);
    expect((await viewOf('lea', answer?.id ?? '')).points).toBe(0.25);
    await room.ask('lea', 'undo', {});
    expect((await viewOf('lea', answer?.id ?? '')).points).toBe(0.5);
    const own = {
      question: 'q1',
      item: null,
      concept: 'a joke',
      points: -0.25,
      lookFor: '',
      retired: false,
    };
    await room.ask('lea', 'item', own);
    await room.ask('lea', 'item', own);
    expect(
      (await queueOf('lea')).items
        .map(({ concept }) => concept)
        .filter((words) => words === 'a joke'),
    ).toHaveLength(1);
  });

  it('says which of a group keep what was said of them by itself', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    const [first, second, third] = (await queueOf('lea')).answers
      .filter((entry) => entry.group === 1)
      .map(({ id }) => id);
    await room.ask('lea', 'mark', { answer: second, mark: { ...MARK, fixed: 0.25 } });
    const words = { ...MARK, fixed: null, comment: 'Hm.', decided: false };
    await room.ask('lea', 'mark', { answer: third, mark: words });
    const { value } = await room.ask<GroupView[]>('lea', 'groups?question=q1');
    const keeps = new Map(value[0]?.members.map((member) => [member.id, member.keeps]));
    expect([first, second, third].map((id) => keeps.get(id ?? ''))).toEqual([
      null,
      'mark',
      'words',
    ]);
    await room.ask('lea', 'mark', { answer: first, mark: MARK, group: true, trust: true });
    const { answers } = await queueOf('lea');
    const points = [first, second, third].map((id) => answers.find((one) => one.id === id)?.points);
    expect(points).toEqual([1, 0.25, null]);
  });

  it('records no change of a mark that is what the student was told', async () => {
    const folder = gradedFolder(students);
    writeFileSync(join(folder, 'appeals.csv'), 'student,question,text\nstudent1,1,Why?\n');
    room = await serveForTest(folder, teamOf(['lea']));
    const { open } = room;
    const mark = (fixed: number): void =>
      void open.room.mark('lea', {
        answers: ['student1:q1'],
        mark: { ...MARK, fixed },
        ground: 'read',
      });
    mark(0.5);
    open.room.act('release', { kind: 'released', version: 1, digest: 'x', students: 12 });
    expect((await room.ask<SessionView>('lea', 'session')).value.appeals).toBe(1);
    const appeal = open.room.record.appeals[0]?.appeal;
    const decision = { appeal, outcome: 'changed', reason: 'So.' };
    expect(await room.ask('lea', 'appeal', decision)).toMatchObject({
      status: 409,
      value: { message: expect.stringContaining('The mark is what the student was told') },
    });
    expect((await room.ask<LeadView>('lea', 'lead')).value.appeals).toMatchObject([
      { before: 0.5, after: 0.5, decision: null },
    ]);
    mark(1);
    expect((await room.ask('lea', 'appeal', decision)).status).toBe(200);
    expect((await room.ask<LeadView>('lea', 'lead')).value.appeals).toMatchObject([
      { before: 0.5, after: 1, decision: { words: 'The mark was changed (0.5 → 1)' } },
    ]);
    expect((await room.ask<SessionView>('lea', 'session')).value.appeals).toBe(0);
  });

  it('says how far everybody is', async () => {
    room = await serveForTest(gradedFolder(students), teamOf(['lea']));
    for (const { id } of (await queueOf('lea')).answers.slice(0, 7))
      await room.ask('lea', 'mark', { answer: id, mark: MARK });
    expect((await room.ask<SessionView>('lea', 'session')).value).toMatchObject({
      questions: [{ id: 'q1', answers: 12, done: 7, doubtful: 0 }],
      pace: 60,
    });
  });
});

/** The status of a request that names another host. */
function statusFor(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/api/session', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
