import type { Lab } from '@labproof/lab';

/** The exercise whose id a file or folder name is, up to case, spaces and underscores; else `null`. */
export function exerciseNamed(name: string, lab: Lab): string | null {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.]+/gu, '-');
  return lab.exercises.find(({ id }) => id === plain)?.id ?? null;
}
