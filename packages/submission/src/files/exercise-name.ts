import type { Lab } from '@labproof/lab';
import { namesOfCopy } from './copy-mark.ts';

/** The exercise whose id a file or folder name is, up to case, spaces and underscores; else `null`. */
export function exerciseNamed(name: string, lab: Lab): string | null {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.]+/gu, '-');
  return lab.exercises.find(({ id }) => id === plain)?.id ?? null;
}

/** As `exerciseNamed`, also where Canvas, a browser or a system has marked the name as a copy's. */
export function exerciseOfCopy(name: string, lab: Lab): string | null {
  for (const plain of namesOfCopy(name)) {
    const exercise = exerciseNamed(plain, lab);
    if (exercise !== null) return exercise;
  }
  return null;
}
