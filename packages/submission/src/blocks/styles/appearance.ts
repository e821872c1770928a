/** How text looks on a page: to be read, crossed out, or not to be seen. */
export type Appearance = 'shown' | 'struck' | 'hidden';

/** Of two appearances, one inside the other: the one that takes more away. */
export function within(outer: Appearance, inner: Appearance): Appearance {
  if (outer === 'hidden' || inner === 'hidden') return 'hidden';
  return outer === 'struck' || inner === 'struck' ? 'struck' : 'shown';
}
