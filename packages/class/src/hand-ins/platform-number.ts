import type { Grade } from '@labproof/grader';
import { readHandInName } from './hand-in-name.ts';

/** The number by which a platform knows a student in this assignment, and the name that it puts before it. */
export interface PlatformNumber {
  readonly of: 'moodle' | 'canvas';
  readonly number: string;
  readonly name: string | null;
}

/**
 * The platform's number of a student as the download said it: in the names of what was handed in, or, in grades of
 * earlier versions, where the number stands for the student. `null` where no download said one.
 */
export function platformNumber({
  student,
  name,
  handIn,
}: Pick<Grade, 'student' | 'name' | 'handIn'>): PlatformNumber | null {
  if (handIn === undefined) return null;
  const { rule, uploads = [], idKind } = handIn;
  if (rule !== 'moodle' && rule !== 'canvas') return null;
  for (const upload of uploads) {
    const packed = readHandInName(upload, 'file') ?? readHandInName(upload, 'folder');
    // Canvas's anonymous ids are no user's number.
    if (packed?.rule === rule && /^\d+$/u.test(packed.id))
      return { of: rule, number: packed.id, name: packed.name };
  }
  const isNumber = idKind === 'participant' || idKind === 'canvas-user';
  const number = student.replace(/^\D*/u, '');
  return isNumber && number !== '' ? { of: rule, number, name } : null;
}
