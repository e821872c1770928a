import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Labs } from '@labproof/exercises';
import { checkKinds } from '@labproof/grader';
import { type OpenRoom, openRoom } from '@labproof/review';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, type Outcome, runInProcess, startProcess } from './harness.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/image-recognition/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'labproof-reading-'));
const out = join(folder, 'graded');

const run = (...args: string[]): Promise<Outcome> => runInProcess(args, join(folder, 'cache'));
const grade = (): Promise<Outcome> =>
  run('grade', join(folder, 'class'), '--lab', 'image-recognition', '--out', out);
const open = (): Promise<OpenRoom> =>
  openRoom(out, {
    lab: new Labs(checkKinds).find('image-recognition'),
    now: () => '2026-11-26T10:00:00.000Z',
  });

/** Marks everything that waits, as a reader does who gives all there is. */
async function markAll(fixed: number): Promise<number> {
  const { room, close } = await open();
  const waiting = room.waiting.answers.filter((answer) => room.result(answer).state !== 'marked');
  const mark = { items: {}, fixed, comment: 'Read by anna.', doubtful: false, decided: true };
  for (const { key } of waiting) room.mark('anna', { answers: [key], mark, ground: 'read' });
  close();
  return waiting.length;
}

/** Gives the answer to question 4 the first item, with a word and perhaps a doubt. */
async function markQ4(over: { comment: string; doubtful: boolean }): Promise<void> {
  const { room, close } = await open();
  const items = { [room.items('q4')[0]?.id ?? '']: 1 };
  const mark = { items, fixed: null, decided: true, ...over };
  room.mark('lea', { answers: ['just-below:q4'], mark, ground: 'decision' });
  close();
}

/** Decides the appeal that was filed last. */
async function decide(outcome: 'changed' | 'kept', reason: string): Promise<void> {
  const { room, close } = await open();
  const { appeal = '' } = room.record.appeals.at(-1) ?? {};
  room.act('lea', { kind: 'appealDecided', appeal, outcome, reason });
  close();
}

interface Graded {
  readonly student: string;
  readonly pending: number;
  readonly outcomes: readonly { readonly question: string; readonly points: number | null }[];
}
const graded = (): Graded[] =>
  JSON.parse(readFileSync(join(out, 'grades.json'), 'utf8')) as Graded[];
const reportOf = (version: number, student: string): string =>
  readFileSync(join(out, 'releases', String(version), student, 'report.html'), 'utf8');

describe('from grading to an appeal', () => {
  beforeAll(async () => {
    for (const student of ['answers-missing', 'just-below']) {
      cpSync(join(fixtures, student, 'submission'), join(folder, 'class', student), {
        recursive: true,
      });
    }
    await grade();
  });

  it('releases nothing while answers wait or marks are not in the grades', async () => {
    expect(await run('release', out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[release-unfinished]'),
    });
    expect(await markAll(1)).toBeGreaterThan(3);
    expect(await run('release', out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[release-behind]'),
    });
    expect(existsSync(join(out, 'releases'))).toBe(false);
    const exported = await run('export', out, '--format', 'csv', '--unfinished', 'as-is');
    expect(exported).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('do not hold all marks of the reading room yet'),
    });
  });

  it('puts the marks into the next grades, and freezes what students get', async () => {
    await grade();
    expect(graded().map(({ pending }) => pending)).toEqual([0, 0]);
    const released = await run('release', out, '--json');
    expect(JSON.parse(released.out)).toMatchObject({ version: 1, students: 2, changed: 0 });
    expect(reportOf(1, 'just-below')).toContain('Read by anna.');
    expect(reportOf(1, 'just-below')).not.toContain('What changed since');
    expect((await run('release', out)).out).toBe(
      'Nothing has changed since the last release; there is no new one.\n',
    );
  });

  it('answers an appeal in the next version, with the reason', async () => {
    writeFileSync(
      join(out, 'appeals.csv'),
      'student,question,item,text\njust-below,q1,,I named the bank.\njust-below,q4,,Unfair.\n',
    );
    const { room, close } = await open();
    const [first, second] = room.record.appeals;
    const mark = { items: {}, fixed: 0.5, comment: '', doubtful: false, decided: true };
    room.mark('lea', {
      answers: ['just-below:q1'],
      mark,
      ground: 'decision',
      reason: 'Half is there.',
    });
    room.act('lea', {
      kind: 'appealDecided',
      appeal: first?.appeal ?? '',
      outcome: 'changed',
      reason: 'The bank is <b>named</b>.',
    });
    room.act('lea', {
      kind: 'appealDecided',
      appeal: second?.appeal ?? '',
      outcome: 'kept',
      reason: 'See the handout.',
    });
    close();
    await grade();
    const released = await run('release', out, '--json');
    expect(JSON.parse(released.out)).toMatchObject({ version: 2, changed: 1 });
    const report = reportOf(2, 'just-below').replaceAll(/\s+/gu, ' ');
    expect(report).toContain('What changed since version 1 of this report.');
    expect(report).toContain('1 before, 0.5 now');
    expect(report).toContain(
      'You appealed, and the mark was changed: The bank is &lt;b&gt;named&lt;/b&gt;.',
    );
    expect(report).toContain('You appealed, and the mark was kept: See the handout.');
    expect(reportOf(2, 'answers-missing')).not.toContain('What changed since');
    expect((await run('export', out, '--format', 'csv')).exitCode).toBe(0);
  });

  it('goes on only from a version that is as it was given out', async () => {
    const path = join(out, 'releases', '2', 'just-below', 'report.html');
    const before = readFileSync(path);
    writeFileSync(path, 'better');
    expect(await run('release', out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[release-changed]'),
    });
    writeFileSync(path, before);
    expect((await run('release', out)).exitCode).toBe(0);
  });

  it('gives back what was frozen, byte for byte', async () => {
    const frozen = reportOf(2, 'just-below');
    const dry = await run('return', out, '--format', 'folders', '--html', '--dry-run');
    expect(dry).toMatchObject({
      exitCode: 0,
      out: `would return 2 reports for folders, in ${join(out, 'return')}:\n  answers-missing\n  just-below\n`,
    });
    expect(existsSync(join(out, 'return'))).toBe(false);
    const returned = await run('return', out, '--format', 'folders', '--html');
    expect(returned).toMatchObject({ exitCode: 0, err: expect.stringContaining('version 2') });
    const path = join(out, 'return', 'folders', 'just-below', 'report.html');
    expect(readFileSync(path, 'utf8')).toBe(frozen);
  });

  it('makes a new version of words and given items alone, and holds back until it is there', async () => {
    const { room, close } = await open();
    const items = room.items('q4');
    const [item] = items;
    const mark = {
      items: { [item?.id ?? '']: 1 },
      fixed: null,
      comment: 'Well seen:\nfor $x$ too.',
      doubtful: false,
      decided: true,
    };
    room.mark('lea', { answers: ['just-below:q4'], mark, ground: 'decision' });
    close();
    const ahead = await run('return', out, '--format', 'folders', '--html');
    expect(ahead).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('do not hold all marks of the reading room yet (just-below:q4)'),
    });
    await grade();
    for (const command of ['return', 'export']) {
      const behind = await run(command, out, '--format', command === 'export' ? 'csv' : 'folders');
      expect(behind).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('others than version 2 says, for 1 student (just-below)'),
      });
    }
    const pathOf = (what: string): string => join(out, 'return', 'folders', 'just-below', what);
    const asReleased = ['return', out, '--format', 'folders', '--html', '--as', 'released'];
    expect((await run(...asReleased)).exitCode).toBe(0);
    expect(readFileSync(pathOf('report.html'), 'utf8')).toBe(reportOf(2, 'just-below'));
    expect(readFileSync(pathOf('message.txt'), 'utf8')).not.toContain('Well seen');
    const asGraded = ['return', out, '--format', 'folders', '--html', '--as', 'graded'];
    expect((await run(...asGraded)).exitCode).toBe(0);
    const message = readFileSync(pathOf('message.txt'), 'utf8');
    expect(message).toContain('On question 4: Well seen:\nfor $x$ too.');
    expect(message).toContain(`for “${item?.concept}”`);
    expect(JSON.parse((await run('release', out, '--json')).out)).toMatchObject({
      version: 3,
      changed: 1,
    });
    const report = reportOf(3, 'just-below').replaceAll(/\s+/gu, ' ');
    const [, changes = ''] = /<section id="changes"(.*?)<\/section>/u.exec(report) ?? [];
    expect(changes).toContain('The comment of the reader is another.');
    expect(changes).toContain('What was given of the rubric is another.');
    const given = /<dt>Given by the reader<\/dt>(.*?)<\/dd>/u.exec(report)?.[1] ?? '';
    expect(given).toContain(`<b>${item?.concept}</b>`);
    expect(items.length).toBeGreaterThan(1);
    for (const { concept } of items.slice(1)) expect(report.includes(concept)).toBe(false);
    expect((await run('return', out, '--format', 'folders', '--html')).exitCode).toBe(0);
    expect(readFileSync(pathOf('report.html'), 'utf8')).toBe(reportOf(3, 'just-below'));
  });

  it('lets no doubtful mark out unless told so, and tells no student of the doubt', async () => {
    await markQ4({ comment: 'Hm.', doubtful: true });
    const graded = await grade();
    expect(graded.out).toContain('1 mark is doubtful (just-below:q4): look again in');
    const json = await run('grade', out, '--json');
    expect(JSON.parse(json.out)).toMatchObject([
      { student: 'answers-missing', doubtful: [] },
      { student: 'just-below', doubtful: ['q4'] },
    ]);
    expect(await run('release', out)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('1 mark is doubtful (just-below:q4), so nothing was released.'),
    });
    const csv = ['export', out, '--format', 'csv', '--as', 'graded'];
    const folders = ['return', out, '--format', 'folders', '--html', '--as', 'graded'];
    for (const command of [csv, folders]) {
      // Files of an earlier time lie there, and are no result of this run.
      expect(await run(...command)).toMatchObject({
        exitCode: 1,
        out: '',
        err: expect.stringContaining('stop: 1 mark is doubtful (just-below:q4)'),
      });
      expect(JSON.parse((await run(...command, '--json')).out)).toMatchObject({
        files: [],
        doubtful: ['just-below:q4'],
      });
    }
    expect(await run(...csv, '--with-doubtful')).toMatchObject({
      exitCode: 0,
      out: `${join(out, 'export', 'grades.csv')}\n`,
      err: expect.stringContaining('and goes out all the same'),
    });
    const released = await run('release', out, '--with-doubtful', '--json');
    expect(JSON.parse(released.out)).toMatchObject({
      version: 4,
      changed: 1,
      doubtful: ['just-below:q4'],
      appeals: [],
    });
    expect(reportOf(4, 'just-below')).toContain('Hm.');
    expect(reportOf(4, 'just-below')).not.toMatch(/doubt/iu);
    await markQ4({ comment: 'Hm.', doubtful: false });
    expect((await run('export', out, '--format', 'csv')).exitCode).toBe(0);
  });

  it('names appeals that wait, and answers in a version of its own one that changes nothing', async () => {
    const path = join(out, 'appeals.csv');
    writeFileSync(path, `${readFileSync(path, 'utf8')}just-below,4,,Still unfair.\n`);
    const waiting = await run('export', out, '--format', 'csv');
    expect(waiting).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('note: 1 appeal is not decided (just-below:q4)'),
    });
    expect((await grade()).out).toContain('1 appeal is not decided (just-below:q4): decide in');
    await decide('kept', 'See there.');
    expect(await run('export', out, '--format', 'csv')).toMatchObject({
      exitCode: 1,
      out: '',
      err: expect.stringContaining('1 appeal (just-below:q4) was decided after version 4'),
    });
    const released = await run('release', out);
    expect(released.out).toContain('version 5: 2 students, 1 of them told something else');
    const report = reportOf(5, 'just-below').replaceAll(/\s+/gu, ' ');
    expect(report).toContain('You appealed, and the mark was kept: See there.');
    expect((await run('release', out)).out).toContain('Nothing has changed');
  });

  it('says of an appeal what is true: changed and set back is not changed', async () => {
    const path = join(out, 'appeals.csv');
    writeFileSync(path, `${readFileSync(path, 'utf8')}just-below,q4,,Once more.\n`);
    const { room, close } = await open();
    const before = room.record.standing.get('just-below:q4')?.at(-1)?.mark;
    if (before === undefined) throw new Error('q4 has no mark');
    for (const mark of [{ ...before, items: {}, fixed: 0 }, before]) {
      room.mark('lea', { answers: ['just-below:q4'], mark, ground: 'decision' });
    }
    close();
    await decide('changed', 'Read twice.');
    await grade();
    expect((await run('release', out)).out).toContain('version 6');
    const report = reportOf(6, 'just-below').replaceAll(/\s+/gu, ' ');
    expect(report).toContain(
      'You appealed, and the mark was changed and set back, so the points stay: Read twice.',
    );
  });

  it('marks as stale what a student has handed in anew, and nothing else', async () => {
    const answers = join(folder, 'class', 'just-below', 'answers.md');
    const text = readFileSync(answers, 'utf8');
    const { room: before, close } = await open();
    const texts = before.waiting.answers.find(({ key }) => key === 'just-below:q1')?.text ?? '';
    close();
    writeFileSync(answers, text.replace(texts.trim(), 'Another answer, which names the bank.'));
    await grade();
    const { room, close: done } = await open();
    const states = room.waiting.answers.map((answer) => [answer.key, room.result(answer).state]);
    expect(states.filter(([, state]) => state !== 'marked')).toEqual([['just-below:q1', 'stale']]);
    done();
  });

  it('merges what was marked elsewhere, and refuses a stranger', async () => {
    const copy = join(folder, 'copy');
    cpSync(out, copy, { recursive: true });
    const file = join(folder, 'anna.marks');
    expect((await run('review', 'export', out, '--out', file)).exitCode).toBe(0);
    const merged = await run('review', 'merge', copy, file, '--json');
    expect(JSON.parse(merged.out)).toEqual({ added: 0, elsewhere: 0, conflicts: 0 });
    writeFileSync(
      join(folder, 'stranger.marks'),
      readFileSync(file, 'utf8').replaceAll('just-below', 'somebody'),
    );
    expect(await run('review', 'merge', copy, join(folder, 'stranger.marks'))).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[marks-file-invalid]'),
    });
  });

  it('serves until Ctrl-C, lets nobody else in meanwhile, and keeps everything', async () => {
    const child = startProcess(['review', out, '--no-browser']);
    const ended = outcomeOf(child);
    if (child.stdout === null) throw new Error('the command has no output');
    const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
    const page = await fetch(address);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await run('review', out, '--no-browser')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[marks-in-use]'),
    });
    expect((await grade()).err).toContain('a reading room is open');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({
      exitCode: 0,
      err: expect.stringMatching(
        /every mark is saved and in reviews\.csv\.\nLeft: 1 answer without a mark \(q1\)\./u,
      ),
    });
  });
});
