import { numberIn } from './arguments.ts';
import { type Matrix, applied } from './geometry.ts';

/** Corners of a path's closed parts, in points; curves are followed by their guiding points. */
export function outlinesOf(path: readonly unknown[], matrix: Matrix): number[][] {
  const outlines: number[][] = [];
  let open: number[] = [];
  for (let at = 0; at < path.length;) {
    const kind = path[at];
    // pdf.js: 0 move, 1 line, 2 curve, 3 quadratic curve, 4 close.
    const count = [2, 2, 6, 4, 0][numberIn(kind)] ?? 0;
    if (kind === 0) {
      open = [];
      outlines.push(open);
    }
    for (let next = at + 1; next < at + 1 + count; next += 2) {
      open.push(...applied(matrix, numberIn(path[next]), numberIn(path[next + 1])));
    }
    at += 1 + count;
  }
  return outlines;
}

/** Pictures are never opened, and so have no order of their own: what is left of one is the matrix that makes it so large. */
const LEAST_PICTURE = 20;

export function isOfPicture([a, b, c, d]: Matrix): boolean {
  return Math.hypot(a, b) >= LEAST_PICTURE && Math.hypot(c, d) >= LEAST_PICTURE;
}
