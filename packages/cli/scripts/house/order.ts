/**
 * The packages in the order of the work: lab → trials → bands → submission → checks → grade → class → report. A package
 * may import from those in the rows above its own, and from no other. Whoever adds a package gives it its row.
 */
export const ORDER: readonly (readonly string[])[] = [
  ['core'],
  ['lab'],
  ['exercises', 'submission'],
  ['grader'],
  ['class'],
  ['report', 'queue'],
  ['review', 'page'],
  ['cli'],
];

/** The row of a package, the first is 0; -1 where it has none. */
export function rowOf(name: string): number {
  return ORDER.findIndex((row) => row.includes(name));
}
