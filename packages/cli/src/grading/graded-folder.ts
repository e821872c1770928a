import { issuesText, LabproofError, reasonOf } from '@labproof/core';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Grade, GradeSchema, type GradeSummary, summaryOf } from '@labproof/grader';
import { cliError } from '../errors.ts';

/** A folder that "labproof grade" wrote. Its grades are on the disk, their summaries in memory. */
export interface GradedFolder {
  /** By student, in code-unit order; at least one. */
  readonly summaries: readonly GradeSummary[];
  /** What of it is no grade of this version; the others are there all the same. */
  readonly problems: readonly LabproofError[];
  /** Reads the whole grade of a student. Throws an instructor's error where it is none any more. */
  read(student: string): Promise<Grade>;
}

/** Reads and checks every `<student>/grade.json` of a folder. Throws an instructor's error where there is none that can be read. */
export async function openGradedFolder(directory: string): Promise<GradedFolder> {
  const checked = new Map<string, string>();
  const summaries: GradeSummary[] = [];
  const folders = new Map<string, string>();
  const problems: LabproofError[] = [];
  for (const name of (await listFolder(directory)).toSorted()) {
    const path = join(directory, name, 'grade.json');
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    let grade: Grade;
    try {
      grade = parseGrade(path, text);
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      problems.push(error);
      continue;
    }
    folders.set(grade.student, path);
    checked.set(path, digestOf(text));
    summaries.push(summaryOf(grade));
  }
  const [problem] = problems;
  if (summaries.length === 0 && problem !== undefined) throw problem;
  if (summaries.length === 0) {
    throw cliError('report-no-grades', {
      message: `${directory} holds no graded submission (no <student>/grade.json).`,
      fix: 'Name the folder that "labproof grade" wrote with --out.',
    });
  }
  return {
    summaries,
    problems,
    read: async (student) => {
      const path = folders.get(student);
      if (path === undefined) throw new Error(`${directory} holds no grade of ${student}`);
      const text = await readFile(path, 'utf8');
      // Checking against the schema costs more than the digest of what has been checked before.
      return checked.get(path) === digestOf(text)
        ? (JSON.parse(text) as Grade)
        : parseGrade(path, text);
    },
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

async function listFolder(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    throw cliError('report-no-folder', {
      message: `The folder ${directory} cannot be read: ${reasonOf(error)}.`,
      fix: 'Name the folder that "labproof grade" wrote with --out.',
      cause: error,
    });
  }
}

function parseGrade(path: string, text: string): Grade {
  let problem: string;
  try {
    const parsed = GradeSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    problem = issuesText(parsed.error.issues.slice(0, 3));
  } catch (error) {
    problem = reasonOf(error);
  }
  throw cliError('report-bad-grade', {
    message: `${path} is not a grade as this version writes it: ${problem}.`,
    fix: 'Grade the submissions again with this version of labproof.',
  });
}
