import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ARITHMETIC_VERSION, hashOf, sha256Hex } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';
import {
  type ComparableGrade,
  GRADER_VERSION,
  GradeSchema,
  ModelTraitsSchema,
} from '@labproof/grader';
import { type Limits } from '@labproof/submission';
import { writeFilesTogether } from '../files/write-files.ts';
import { classError } from '../errors.ts';

/** The folder inside the output folder in which finished grades wait for the rest of their class. */
const KEPT_FOLDER = '.grading';

/** The first line of a kept grade; the second is grade and models as JSON. */
const HeadSchema = z.strictObject({
  key: z.string(),
  submissionDigest: z.string(),
  /** SHA-256 of the second line: a file that was cut off or edited is not used. */
  contentDigest: z.string(),
});
const ContentSchema = z.strictObject({ grade: GradeSchema, models: z.array(ModelTraitsSchema) });

/** A grade as it came out of grading, before anybody's reviews and before the policy for late hand-ins. */
interface KeptGrade extends ComparableGrade {
  readonly submissionDigest: string;
}

/** A kept grade that was read and found whole, and the SHA-256 of its file to know it again by. */
export interface FoundGrade extends KeptGrade {
  readonly fileDigest: string;
}

/**
 * What a grade depends on besides the submission and the test data: the whole lab with its bands, this version, its
 * limits, whether recipes can be trained again, the secret of hidden images (as a digest), and the student it is for. Two gradings with one key and one submission
 * on the data that the grade names give the same bytes.
 */
export function gradingKey(
  lab: Lab,
  {
    limits,
    trains,
    hidden,
  }: { readonly limits: Limits; readonly trains: boolean; readonly hidden: string | null },
): (student: string, name: string | null) => string {
  const common = {
    labproof: GRADER_VERSION,
    arithmetic: ARITHMETIC_VERSION,
    lab: hashOf(lab),
    limits,
    trains,
    ...(hidden === null ? {} : { hidden }),
  };
  return (student, name) => hashOf({ ...common, student, name });
}

/** Grades that were finished before, each in a file of its own that is there whole or not at all. */
export class KeptGrades {
  readonly #folder: string;

  constructor(out: string) {
    this.#folder = join(out, KEPT_FOLDER);
  }

  /** The grade kept for a student under this key; `null` where there is none or it is damaged. */
  find(student: string, key: string): FoundGrade | null {
    try {
      const text = readFileSync(join(this.#folder, fileOf(student)), 'utf8');
      const { head, content } = partsOf(text);
      const { key: found, submissionDigest, contentDigest } = HeadSchema.parse(JSON.parse(head));
      if (found !== key || sha256Hex(content) !== contentDigest) return null;
      // The schema puts fields into its own order; what was written keeps its own.
      const kept: unknown = JSON.parse(content);
      ContentSchema.parse(kept);
      const { grade, models } = kept as ComparableGrade;
      if (grade.student !== student) return null;
      return { submissionDigest, fileDigest: sha256Hex(text), grade, models };
    } catch {
      return null;
    }
  }

  /**
   * Reads a grade again that this process has found or written, whose file has this SHA-256.
   * Throws an instructor's error where the file is another by now.
   */
  readAgain(student: string, fileDigest: string): ComparableGrade {
    const path = join(this.#folder, fileOf(student));
    let text: string | null = null;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      // Told below: it was there a moment ago.
    }
    if (text === null || sha256Hex(text) !== fileDigest) {
      throw classError('kept-grade-changed', {
        message: `The finished grade in ${path} was changed or removed after it was read.`,
        fix: 'Grade again, and let nothing else write into the output folder meanwhile.',
      });
    }
    // It has the digest of what was checked or written before.
    return JSON.parse(partsOf(text).content) as ComparableGrade;
  }

  /**
   * Keeps a grade, of which `json` is the text, and gives the SHA-256 of its file. One that is our fault, of a
   * submission without identity, or in which something was ended for its time or memory is not kept but tried again:
   * `null`.
   */
  write(key: string, { grade, models }: ComparableGrade, json: string): string | null {
    const { submissionDigest } = grade.provenance;
    if (submissionDigest === '' || grade.status === 'broken' || wasStopped(grade)) return null;
    const content = `{"grade":${json},"models":${JSON.stringify(models)}}`;
    const head = JSON.stringify({ key, submissionDigest, contentDigest: sha256Hex(content) });
    const text = `${head}\n${content}`;
    writeFilesTogether(this.#folder, [{ path: fileOf(grade.student), content: text }]);
    return sha256Hex(text);
  }

  /** Forgets the grades of everybody else: who left the class leaves nothing behind. */
  keepOnly(students: readonly string[]): void {
    const wanted = new Set(students.map(fileOf));
    for (const name of this.#names()) {
      // The table of reviews as it was last written lies there, too.
      if (name.endsWith('.json') && !wanted.has(name))
        rmSync(join(this.#folder, name), { force: true });
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      return [];
    }
  }
}

/** Reasons that another machine, or another limit of time or memory, may do away with. */
const OF_THIS_MACHINE: ReadonlySet<string> = new Set([
  'check-stopped',
  'evaluation-stopped',
  'file-set-aside',
]);

function wasStopped({ outcomes }: ComparableGrade['grade']): boolean {
  return outcomes.some(({ checks }) =>
    checks.some(({ code }) => code !== undefined && OF_THIS_MACHINE.has(code)),
  );
}

/** The two lines of a file; JSON has no line break inside. */
function partsOf(text: string): { head: string; content: string } {
  const end = text.indexOf('\n');
  return { head: text.slice(0, Math.max(0, end)), content: text.slice(end + 1) };
}

function fileOf(student: string): string {
  return `${student}.json`;
}
