// Takes 15 s: a process is killed ten times.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeArguments } from '@labproof/core/workers';
import { describe, expect, it } from 'vitest';
import { type OpenRoom, openRoom } from '../src/room/open-room.ts';
import { MarksDatabase } from '../src/storage/marks-database.ts';
import Database from 'libsql';
import { gradedFolder, lab } from './support/small-class.ts';

const now = (): string => '2026-11-26T10:00:00.000Z';
const oneStudent = { amy: { name: 'Amy Doe', answers: { q1: 'Cheques are read.', q2: 'Ten.' } } };

/** Starts marking in a process of its own and kills it after it has said that some marks are saved. Gives the last of them. */
async function markAndKill(folder: string, from: number, enough: number): Promise<number> {
  const args = nodeArguments({ from: import.meta.url, path: './support/marking-process' });
  const child = spawn(process.execPath, [...args, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let last = from - 1;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last - from === enough) child.kill('SIGKILL');
  }
  await ended;
  return last;
}

describe('the record on the disk', () => {
  it('has lost nothing that was said to be saved after ten kills', async () => {
    const folder = gradedFolder(oneStudent);
    const lost: string[] = [];
    let next = 0;
    for (let kill = 0; kill < 10; kill++) {
      const last = await markAndKill(folder, next, kill * 3);
      expect(last).toBeGreaterThanOrEqual(next);
      const marks = await MarksDatabase.open(folder);
      const saved = new Set(
        marks.events.flatMap(({ body }) => (body.kind === 'markGiven' ? [body.mark.comment] : [])),
      );
      for (let number = 0; number <= last; number++) {
        if (!saved.has(`mark ${number}`)) lost.push(`kill ${kill}: mark ${number}`);
      }
      marks.close();
      next = Math.max(last + 1, saved.size);
    }
    expect(lost).toEqual([]);
    expect(next).toBeGreaterThan(100);
  });

  it('is open to one process at a time, and free again when that is killed', async () => {
    const folder = gradedFolder(oneStudent);
    const first = await openRoom(folder, { lab, now });
    await expect(openRoom(folder, { lab, now })).rejects.toMatchObject({ code: 'marks-in-use' });
    first.close();
    const again = await openRoom(folder, { lab, now });
    expect(again.room.events).toEqual([]);
    again.close();
  });

  it('only grows: the database itself refuses to change or remove an event', async () => {
    const folder = gradedFolder(oneStudent);
    const open = await openRoom(folder, { lab, now });
    open.room.act('anna', { kind: 'answerOpened', answer: 'amy:q1' });
    open.close();
    const database = new Database(join(folder, 'marks.sqlite'));
    expect(() => database.exec('DELETE FROM events')).toThrow('events are only added');
    expect(() => database.exec("UPDATE events SET line = ''")).toThrow('events are only added');
    database.close();
  });

  it.each([
    ['no database at all', (path: string) => writeFileSync(path, 'x'.repeat(20_000))],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['a database of something else', (path: string) => copyFileSync(otherDatabase(), path)],
    [
      'cut off in the middle',
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 5000)),
    ],
    [
      'changed in the middle',
      (path: string) => {
        const bytes = readFileSync(path);
        const at = bytes.indexOf('answerOpened');
        bytes.write('answerClosed', at);
        writeFileSync(path, bytes);
      },
    ],
  ])('is refused and left as it is where it is %s', async (_, damage) => {
    const folder = gradedFolder(oneStudent);
    const open = await openRoom(folder, { lab, now });
    open.room.act('anna', { kind: 'answerOpened', answer: 'amy:q1' });
    open.close();
    const path = join(folder, 'marks.sqlite');
    damage(path);
    const before = readFileSync(path);
    await expect(openRoom(folder, { lab, now })).rejects.toMatchObject({ code: 'marks-damaged' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says what was written or is refused, whichever byte of it is another', async () => {
    const folder = gradedFolder(oneStudent);
    const open = await openRoom(folder, { lab, now });
    const mark = { items: {}, fixed: 1, comment: 'Seen.', doubtful: false, decided: true };
    open.room.mark('anna', { answers: ['amy:q1'], mark, ground: 'read' });
    const written = [...open.room.events];
    open.close();
    const path = join(folder, 'marks.sqlite');
    const table = join(folder, 'reviews.csv');
    const [whole, rows] = [readFileSync(path), readFileSync(table)];
    const outcomes = { same: 0, refused: 0 };
    for (let at = 0; at < whole.length; at += 509) {
      for (const name of ['', '-wal', '-shm', '-journal']) rmSync(path + name, { force: true });
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(path, bytes);
      writeFileSync(table, rows);
      const again = await openRoom(folder, { lab, now }).catch((error: unknown) => error);
      if (again instanceof Error) {
        expect(again, `byte ${at}`).toMatchObject({ code: 'marks-damaged' });
        expect(readFileSync(path).equals(bytes)).toBe(true);
        outcomes.refused += 1;
      } else {
        const { room, close } = again as OpenRoom;
        expect(room.events, `byte ${at}`).toEqual(written);
        close();
        outcomes.same += 1;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.same).toBeGreaterThan(0);
  });

  it('is not made in a folder without grades, or with those of another version', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'labproof-room-'));
    await expect(openRoom(folder, { lab, now })).rejects.toMatchObject({ code: 'review-nothing' });
    writeFileSync(join(folder, 'grades.json'), '[\n  {\n    "student": "amy"\n  }\n]\n');
    await expect(openRoom(folder, { lab, now })).rejects.toThrow('another version wrote it');
    expect(existsSync(join(folder, 'marks.sqlite'))).toBe(false);
  });
});

/** A database that another program has made. */
function otherDatabase(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'labproof-other-')), 'other.sqlite');
  const database = new Database(path);
  database.exec('CREATE TABLE songs (name TEXT)');
  database.close();
  return path;
}
