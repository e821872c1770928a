import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Grade, GradeSchema } from '@labproof/grader';
import { formatPlural } from '@labproof/submission';
import type { RecordedRelease } from '@labproof/review';
import { gradePath, type Manifest, readRelease, RELEASES } from './manifest.ts';
import { toldGrade } from './told-grade.ts';

/** A release as it was given out: every file of it is what its digest says. */
export interface Released {
  readonly version: number;
  readonly manifest: Manifest;
  readonly students: readonly string[];
  /** The grade that a student's report tells; `null` where an earlier version of Labproof froze the report alone. */
  grade(student: string): Grade | null;
  html(student: string): string;
  /** `null` where it was released without. */
  pdf(student: string): Uint8Array | null;
}

/** Opens the version that stands last in the record. Throws `release-changed` where it is not as it was given out. */
export function openReleased(
  directory: string,
  { version, digest }: Pick<RecordedRelease, 'version' | 'digest'>,
): Released {
  const manifest = readRelease(directory, version, digest);
  const place = join(directory, RELEASES, String(version));
  const files = new Set(manifest.students.flatMap((entry) => entry.files.map((file) => file.path)));
  const read = (path: string): Buffer | null =>
    files.has(path) ? readFileSync(join(place, path)) : null;
  return {
    version,
    manifest,
    students: manifest.students.map(({ student }) => student),
    grade: (student) => {
      const text = read(gradePath(student))?.toString('utf8');
      return text === undefined ? null : GradeSchema.parse(JSON.parse(text));
    },
    html: (student) => {
      const page = read(`${student}/report.html`);
      if (page === null) throw new Error(`version ${version} holds no report of ${student}`);
      return page.toString('utf8');
    },
    pdf: (student) => read(`${student}/report.pdf`),
  };
}

/** Longest list of students in a message. */
const MOST_NAMED = 5;

/**
 * Of whom grades tell other things than a release does, or who is in one of them alone, as a sentence begins with it;
 * `null` where it is nobody.
 */
export function differingFrom(
  released: Released,
  students: readonly string[],
  grade: (student: string) => Grade,
): string | null {
  const now = new Set(students);
  const differing = [
    ...students.filter((student) => {
      const frozen = released.grade(student);
      return frozen === null || toldGrade(frozen) !== toldGrade(grade(student));
    }),
    ...released.students.filter((student) => !now.has(student)),
  ];
  if (differing.length === 0) return null;
  const rest = differing.length - MOST_NAMED;
  const named = differing.slice(0, MOST_NAMED).join(', ');
  return `${formatPlural(differing.length, 'student')} (${named}${rest > 0 ? ` and ${rest} more` : ''})`;
}
