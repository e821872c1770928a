import { sha256Hex } from '@labproof/core';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
  fsyncSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Grade, GradeSchema } from '@labproof/grader';
import { outputError } from '../files/staged-files.ts';

/** The record of every grade in the output folder: a JSON object a line, only ever added to. */
const GRADING_LOG = 'grading-log.jsonl';

const LogEntrySchema = z.strictObject({
  /** When, as the caller's clock says; `null` without one. */
  at: z.string().nullable(),
  /**
   * `graded`: a submission was graded. `written`: a student's grade in the results is new or another than before,
   * with the points of reviewers and the policy for late hand-ins in it. `withdrawn`: it is no longer in the results.
   */
  event: z.enum(['graded', 'written', 'withdrawn']),
  student: z.string(),
  score: z.number().nullable(),
  pending: z.number(),
  max: z.number(),
  status: GradeSchema.shape.status,
  lab: z.strictObject({ id: z.string(), version: z.string() }),
  labproof: z.string(),
  arithmetic: z.string(),
  engine: z.string(),
  submissionDigest: z.string(),
  dataDigests: z.record(z.string(), z.string()),
  /** SHA-256 of the grade as JSON: for `written`, of `<student>/grade.json`. */
  gradeDigest: z.string(),
});
export type LogEntry = z.infer<typeof LogEntrySchema>;

/** What the record says of a grade. */
export type LoggedGrade = Omit<LogEntry, 'at' | 'event' | 'engine'>;

/** `content` is the grade as JSON, whose digest is recorded. */
export function loggedGrade(grade: Grade, content: string): LoggedGrade {
  const { student, score, pending, max, status, lab, provenance } = grade;
  return {
    student,
    score,
    pending,
    max,
    status,
    lab: { id: lab.id, version: lab.version },
    labproof: provenance.labproof,
    arithmetic: provenance.arithmetic,
    submissionDigest: provenance.submissionDigest,
    dataDigests: provenance.dataDigests,
    gradeDigest: sha256Hex(content),
  };
}

/** Appends to the record; every line is on the disk before the next thing happens. */
export class GradingLog {
  readonly #file: number;
  readonly #engine: string;
  readonly #now: () => string | null;
  readonly #out: string;
  /** What the record said of the results when it was opened: for each student in them the grade that was written last. */
  readonly written: ReadonlyMap<string, LoggedGrade>;

  /** `now` gives the time as text; it is written into the record and nowhere else. */
  constructor(out: string, options: { engine: string; now: () => string | null }) {
    this.#out = out;
    this.#engine = options.engine;
    this.#now = options.now;
    this.written = lastWritten(readGradingLog(out));
    try {
      this.#file = openSync(join(out, GRADING_LOG), 'a+');
      // A line that was cut off by a crash stays as it is, and the next one begins on a line of its own.
      if (!this.#endsInNewline()) writeSync(this.#file, '\n');
    } catch (error) {
      throw outputError(out, error);
    }
  }

  append(event: LogEntry['event'], logged: LoggedGrade): void {
    const { student, score, pending, max, status, lab, labproof, arithmetic, ...digests } = logged;
    const entry: LogEntry = {
      at: this.#now(),
      event,
      student,
      score,
      pending,
      max,
      status,
      lab,
      labproof,
      arithmetic,
      engine: this.#engine,
      ...digests,
    };
    try {
      writeSync(this.#file, `${JSON.stringify(entry)}\n`);
      fsyncSync(this.#file);
    } catch (error) {
      throw outputError(this.#out, error);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #endsInNewline(): boolean {
    const { size } = fstatSync(this.#file);
    if (size === 0) return true;
    const last = new Uint8Array(1);
    readSync(this.#file, last, 0, 1, size - 1);
    return last[0] === 0x0a;
  }
}

function lastWritten(entries: readonly LogEntry[]): Map<string, LoggedGrade> {
  const written = new Map<string, LoggedGrade>();
  for (const { at: _at, event, engine: _engine, ...logged } of entries) {
    if (event === 'written') written.set(logged.student, logged);
    if (event === 'withdrawn') written.delete(logged.student);
  }
  return written;
}

/** The entries of a record in their order; lines that were cut off are passed over. Empty where there is no record. */
export function readGradingLog(out: string): readonly LogEntry[] {
  let text: string;
  try {
    text = readFileSync(join(out, GRADING_LOG), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      const entry = LogEntrySchema.safeParse(JSON.parse(line));
      return entry.success ? [entry.data] : [];
    } catch {
      return [];
    }
  });
}
