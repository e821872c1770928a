import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReviews } from '@labproof/class';
import { describe, expect, it } from 'vitest';
import { openRoom, type OpenRoom } from '../src/room/open-room.ts';
import { gradedFolder, lab } from './support/small-class.ts';

const now = (): string => '2026-11-26T10:00:00.000Z';
const students = {
  amy: { name: 'Amy Doe', answers: { q1: 'Cheques are read.', q2: 'Ten.' } },
  bob: { name: 'Bob Roe', answers: { q1: 'Meters are read by an electrician.' } },
};
const open = (folder: string): Promise<OpenRoom> => openRoom(folder, { lab, now });
const table = (folder: string): string => readFileSync(join(folder, 'reviews.csv'), 'utf8');
const rowOf = (folder: string, row: string): string =>
  table(folder)
    .split('\r\n')
    .find((line) => line.startsWith(row)) ??
  table(folder)
    .split('\n')
    .find((line) => line.startsWith(row)) ??
  '';

describe('reviews.csv', () => {
  it('holds what stands in the room, through the writer of grading', async () => {
    const folder = gradedFolder(students);
    const before = table(folder);
    const room = await open(folder);
    const mark = {
      items: {},
      fixed: 0.5,
      comment: '=1+1, said who?',
      doubtful: false,
      decided: true,
    };
    room.room.mark('anna', { answers: ['amy:q1'], mark, ground: 'read' });
    room.close();
    expect(rowOf(folder, 'amy:q1')).toContain(`0.5,"'=1+1, said who?",given`);
    expect(rowOf(folder, 'bob:q1')).toBe(
      before.split(/\r?\n/u).find((line) => line.startsWith('bob:q1')),
    );
  });

  it('gives what was typed into it as marks of the reader "spreadsheet"', async () => {
    const folder = gradedFolder(students);
    const path = join(folder, 'reviews.csv');
    writeFileSync(
      path,
      table(folder).replace(/^(amy:q1,.*?),1,,,waiting/mu, '$1,1,1,well put,waiting'),
    );
    const first = await open(folder);
    expect(first.taken).toBe(1);
    expect(first.room.events).toMatchObject([
      {
        reader: 'spreadsheet',
        body: { kind: 'markGiven', ground: 'table', mark: { fixed: 1, comment: 'well put' } },
      },
    ]);
    first.close();
    const again = await open(folder);
    expect(again.taken).toBe(0);
    // Typed over: the room's mark is replaced. Emptied: it is taken back.
    const mark = { items: {}, fixed: 0.5, comment: '', doubtful: false, decided: true };
    again.room.mark('anna', { answers: ['bob:q1'], mark, ground: 'read' });
    again.close();
    writeFileSync(
      path,
      table(folder)
        .replace(/^(amy:q1,.*?),1,1,well put,given/mu, '$1,1,,well put,given')
        .replace(/^(bob:q1,.*?),1,0.5,,given/mu, '$1,1,1,,given'),
    );
    const last = await open(folder);
    expect([last.taken, last.emptied]).toEqual([2, 1]);
    const results = ['amy:q1', 'bob:q1'].map((key) => {
      const answer = last.room.answer(key);
      return answer === undefined ? null : last.room.result(answer);
    });
    expect(results).toMatchObject([
      { state: 'undecided', comment: 'well put' },
      { state: 'marked', points: 1 },
    ]);
    last.close();
  });

  it('is left alone where it cannot be read, and nothing is lost', async () => {
    const folder = gradedFolder(students);
    const path = join(folder, 'reviews.csv');
    const damaged = table(folder).replace(/^(amy:q1,.*?),1,,,waiting/mu, '$1,1,Jan 5,,waiting');
    writeFileSync(path, damaged);
    await expect(open(folder)).rejects.toMatchObject({ code: 'reviews-invalid' });
    expect(table(folder)).toBe(damaged);
  });
});

describe('appeals.csv', () => {
  it('is taken in once, and says which rows fit nothing', async () => {
    const folder = gradedFolder(students);
    const path = join(folder, 'appeals.csv');
    writeFileSync(
      path,
      'student,question,item,text\namy,q1,who gains what,I named the bank.\nzoe,q1,,Why?\nbob,q99,,Why?\n',
    );
    await expect(open(folder)).rejects.toThrow(
      /row 3: there is no submission of "zoe": the column "student" takes the id .*; row 4: the lab has no question "q99"/,
    );
    writeFileSync(path, 'student,question,item,text\namy,q1,who gains what,I named the bank.\n');
    const first = await open(folder);
    expect(first.appeals).toBe(1);
    first.close();
    const again = await open(folder);
    expect(again.appeals).toBe(0);
    expect(again.room.record.appeals).toMatchObject([
      { answer: 'amy:q1', text: 'I named the bank.', decision: null },
    ]);
    again.close();
  });

  it('takes a name that one student has, and guesses at none', async () => {
    const answers = { q1: 'Ten.' };
    const folder = gradedFolder({
      s1: { name: 'Ines  Kraft', answers },
      s2: { name: 'Jo Lind', answers },
      s3: { name: 'Jo Lind', answers },
      s4: { name: 's1', answers },
    });
    const path = join(folder, 'appeals.csv');
    const rows = (...lines: string[]): void =>
      writeFileSync(path, ['student,question,text', ...lines, ''].join('\n'));
    rows('Jo Lind,1,Why?', 's1,1,Why?', ',1,Why?', 'Ines,1,Why?', 's2,,Why?');
    await expect(open(folder)).rejects.toThrow(
      /row 2: "Jo Lind" is either of s2, s3: write the id; row 3: "s1" is either of s1, s4: write the id; row 4: it names no student \(column "student"\); row 5: there is no submission of "Ines": .*; row 6: it names no question/u,
    );
    rows('ines kraft,1,Why?', 'S2,q1,Why?');
    const { room, close } = await open(folder);
    expect(room.record.appeals.map(({ answer }) => answer)).toEqual(['s1:q1', 's2:q1']);
    close();
  });

  it('carries lines, formulas that are none, and given items, and takes none of them for typed', async () => {
    const folder = gradedFolder(students);
    const first = await open(folder);
    const [item] = first.room.items('q1');
    const mark = {
      items: { [item?.id ?? '']: 0.5 },
      fixed: null,
      comment: '- no bank;\n- "=cheques" are named\n',
      doubtful: false,
      decided: true,
    };
    first.room.mark('anna', { answers: ['amy:q1'], mark, ground: 'read' });
    first.close();
    expect(rowOf(folder, 'amy:q1')).toContain('- no bank; ¶ - ""\'=cheques"" are named');
    const points = (item?.points ?? 0) / 2;
    expect(rowOf(folder, 'amy:q1')).toContain(`${points} of ${item?.points}: ${item?.concept}`);
    const path = join(folder, 'reviews.csv');
    const { reviews } = readReviews(path, lab, ['amy', 'bob']);
    expect(reviews).toMatchObject([
      {
        student: 'amy',
        points,
        comment: '- no bank;\n- "\'=cheques" are named',
        given: [{ concept: item?.concept, points, of: item?.points }],
      },
    ]);
    // A grading writes the same table anew, and its bytes are others.
    writeFileSync(path, table(folder).replace('Ten.', 'Ten . '));
    const again = await open(folder);
    expect(again.taken).toBe(0);
    expect(again.room.events).toHaveLength(1);
    again.close();
  });

  it('gives back the items where the record was lost, unless they do not add up', async () => {
    const folder = gradedFolder(students);
    const first = await open(folder);
    const items = first.room.items('q1');
    const [item] = items;
    const mark = {
      items: { [item?.id ?? '']: 1 },
      fixed: null,
      comment: '',
      doubtful: false,
      decided: true,
    };
    first.room.mark('anna', { answers: ['amy:q1', 'bob:q1'], mark, ground: 'read' });
    first.close();
    for (const name of ['marks.sqlite', 'marks.sqlite-wal']) {
      rmSync(join(folder, name), { force: true });
    }
    const path = join(folder, 'reviews.csv');
    const row = rowOf(folder, 'bob:q1');
    writeFileSync(
      path,
      table(folder).replace(row, row.replace(`,1,${item?.points},,given`, ',1,0,,given')),
    );
    const again = await open(folder);
    expect(again.taken).toBe(2);
    const marks = ['amy:q1', 'bob:q1'].map((key) => again.room.record.standing.get(key)?.[0]?.mark);
    expect(marks).toMatchObject([
      { items: { [item?.id ?? '']: 1 }, fixed: null },
      { items: {}, fixed: 0 },
    ]);
    again.close();
    const { reviews } = readReviews(path, lab, ['amy', 'bob']);
    expect(reviews.map(({ student, given }) => [student, given?.length])).toEqual([
      ['amy', 1],
      ['bob', undefined],
    ]);
  });
});
