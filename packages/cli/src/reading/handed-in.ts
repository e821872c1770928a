import { type HandedIn, handedIn, readClassFile } from '@labproof/class';
import { classFileAt } from '../options/class-place.ts';

/** What the class of a graded folder handed in, as far as its file says where; `null` where there is none. */
export function handedInOf(named: string | undefined, folder: string): HandedIn | null {
  const file = classFileAt(named) ?? classFileAt(folder);
  if (file === null) return null;
  return handedIn([readClassFile(file).submissions].flat(), folder);
}
