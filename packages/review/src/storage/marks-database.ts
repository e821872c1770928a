import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabproofError, reasonOf } from '@labproof/core';
import type Database from 'libsql';
import { reviewError } from '../errors.ts';
import { eventLine, isWhole, ReviewEventSchema, type ReviewEvent } from '../marks/event.ts';

/** The record of marks in a graded folder. */
const MARKS_FILE = 'marks.sqlite';

/** Tells a database of ours from others (`PRAGMA application_id`): "LPmk". */
const APPLICATION = 0x4c506d6b;
const VERSION = 1;

/**
 * The record of marks: an SQLite database that one process at a time has open. The lock is the kernel's, so it goes with
 * the process, however that ends. What `append` has returned from is on the disk (write-ahead log, synchronous: full).
 */
export class MarksDatabase {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #events: ReviewEvent[] = [];
  readonly #ids = new Set<string>();

  private constructor(path: string, database: Database.Database) {
    this.path = path;
    this.#database = database;
  }

  /** Whether a graded folder has a record. */
  static isIn(folder: string): boolean {
    return existsSync(join(folder, MARKS_FILE));
  }

  /** Opens or makes the record of a graded folder. Throws an instructor's error where it is in use or damaged. */
  static async open(folder: string): Promise<MarksDatabase> {
    const path = join(folder, MARKS_FILE);
    assertOurs(path);
    const driver = await loadDriver();
    if (!existsSync(path)) makeRecord(driver, path);
    let database: Database.Database | null = null;
    try {
      database = new driver(path);
      database.pragma('busy_timeout=0');
      database.pragma('locking_mode=EXCLUSIVE');
      database.pragma('synchronous=FULL');
      const marks = new MarksDatabase(path, database);
      marks.#assertOurs();
      marks.#readAll();
      marks.#begin();
      return marks;
    } catch (error) {
      database?.close();
      throw explained(path, error);
    }
  }

  /** In the order in which they were added. */
  get events(): readonly ReviewEvent[] {
    return this.#events;
  }

  /** Adds events that are not there yet, all or none, and gives those that were added. On the disk when it returns. */
  append(events: readonly ReviewEvent[]): ReviewEvent[] {
    const fresh = events.filter(({ id }) => !this.#ids.has(id));
    if (fresh.length === 0) return [];
    try {
      const insert = this.#database.prepare('INSERT INTO events (id, line) VALUES (?, ?)');
      this.#database.transaction(() => {
        for (const event of fresh) insert.run(event.id, eventLine(event));
      })();
    } catch (error) {
      throw explained(this.path, error);
    }
    for (const event of fresh) this.#add(event);
    return fresh;
  }

  /** A value that belongs to this copy of the record and is not exported; `null` where there is none. */
  note(name: string): string | null {
    const row = this.#database
      .prepare('SELECT CAST(value AS BLOB) AS value FROM notes WHERE name = ?')
      .get(name) as { value: Uint8Array } | undefined;
    return row === undefined ? null : Buffer.from(row.value).toString('utf8');
  }

  setNote(name: string, value: string): void {
    this.#database
      .prepare(
        'INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  /**
   * Lets others open it. The driver keeps a closed database open as long as any of its statements lives, so the lock is
   * given back first; the log goes into the file, which is then the whole record.
   */
  close(): void {
    try {
      this.#database.exec('PRAGMA journal_mode = DELETE');
      this.#database.exec('PRAGMA locking_mode = NORMAL');
      this.#database.prepare('SELECT count(*) FROM events').all();
    } catch {
      // The end of the process gives the lock back, and the next to open reads the log.
    }
    this.#database.close();
  }

  /** What is damaged or another's is found before anything is written. */
  #assertOurs(): void {
    if (
      this.#pragma('application_id') !== APPLICATION ||
      this.#pragma('user_version') !== VERSION
    ) {
      throw damaged(this.path, 'it is a database of something else or of another version');
    }
  }

  /** From here on every write goes through the log; a write takes the lock, which reading alone would leave to others. */
  #begin(): void {
    this.#database.pragma('journal_mode=WAL');
    this.#database.exec('BEGIN IMMEDIATE; COMMIT');
  }

  #pragma(name: string): number {
    const row = this.#database.prepare(`PRAGMA ${name}`).get() as
      | Record<string, number>
      | undefined;
    return row?.[name] ?? 0;
  }

  #readAll(): void {
    // The driver ends the process where text is no UTF-8: what may be damaged is read as bytes.
    const [check] = this.#database
      .prepare('SELECT CAST(quick_check AS BLOB) AS found FROM pragma_quick_check')
      .all() as { found: Uint8Array }[];
    const found = check === undefined ? '' : Buffer.from(check.found).toString('utf8');
    if (found !== 'ok') throw damaged(this.path, found);
    const rows = this.#database
      .prepare('SELECT CAST(line AS BLOB) AS line FROM events ORDER BY number')
      .all() as { line: Uint8Array }[];
    for (const [index, { line }] of rows.entries()) {
      const parsed = ReviewEventSchema.safeParse(jsonOf(Buffer.from(line).toString('utf8')));
      if (!parsed.success || !isWhole(parsed.data)) {
        throw damaged(this.path, `entry ${index + 1} is not what was written`);
      }
      this.#add(parsed.data);
    }
  }

  #add(event: ReviewEvent): void {
    this.#events.push(event);
    this.#ids.add(event.id);
  }
}

const MAGIC = 'SQLite format 3\0';
const APPLICATION_AT = 68;

/** A file of something else is not touched. While it is made for the first time it has a journal beside it. */
function assertOurs(path: string): void {
  if (!existsSync(path) || existsSync(`${path}-journal`)) return;
  const file = openSync(path, 'r');
  const head = Buffer.alloc(100);
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  if (length === 0) throw damaged(path, 'it is empty');
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged(path, 'it is no database');
  if (head.readInt32BE(APPLICATION_AT) !== APPLICATION) {
    throw damaged(path, 'it is a database of something else');
  }
}

/**
 * Makes a record without events beside its place and puts it there whole, so that an empty file in that place is never
 * one that a kill has left. Where another process was first, its record stays.
 */
function makeRecord(driver: typeof Database, path: string): void {
  const fresh = `${path}.${process.pid}`;
  try {
    rmSync(fresh, { force: true });
    const database = new driver(fresh);
    database.exec(
      `BEGIN IMMEDIATE;
       CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL);
       CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
       CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
       CREATE TRIGGER events_same BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
       PRAGMA application_id = ${APPLICATION};
       PRAGMA user_version = ${VERSION};
       COMMIT`,
    );
    database.close();
    try {
      linkSync(fresh, path);
    } catch {
      // No links on this disk, or somebody was first.
      if (!existsSync(path)) renameSync(fresh, path);
    }
  } catch (error) {
    throw explained(path, error);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** The driver comes prebuilt as an optional dependency: a machine for which there is none is told so. */
async function loadDriver(): Promise<typeof Database> {
  try {
    return (await import('libsql')).default;
  } catch (error) {
    throw reviewError('marks-no-database', {
      message: `The database of the reading room does not run on this machine: ${reasonOf(error)}.`,
      fix: 'Run "npm ci" again without --omit=optional; where there is no build for the machine, enter points in reviews.csv.',
      cause: error,
    });
  }
}

function explained(path: string, error: unknown): Error {
  if (error instanceof LabproofError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return reviewError('marks-in-use', {
      message: `${path} is open in another reading room.`,
      fix: 'Use the page that it has opened, or end it with Ctrl-C and start this one again.',
      cause: error,
    });
  }
  return damaged(path, reasonOf(error), error);
}

function damaged(path: string, why: string, cause?: unknown): Error {
  return reviewError('marks-damaged', {
    message: `${path} cannot be used: ${why}. It was left as it is.`,
    fix: 'Put the file aside (with its -wal beside it) and restore a copy, or start again and merge an exported file; reviews.csv still holds the points.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
