import { closestName } from '@labproof/core';

/** So many words are listed even where one of them is near. */
const FEW = 8;

/** The word that was most likely meant, or all that there are: what to write instead of an unknown one. */
export function nearest(written: string, names: Iterable<string>): string {
  const known = [...new Set(names)];
  if (known.length === 0) return '';
  const meant = closestName(written, known);
  const all = `${known.length === 1 ? 'There is' : 'There are'}: ${known.join(', ')}.`;
  if (meant === null) return all;
  const others = known.length > 1 && known.length <= FEW;
  return `Did you mean "${meant}"?${others ? ` ${all}` : ''}`;
}
