import { listIn } from './arguments.ts';

/** A matrix as PDF writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** A rectangle: left, lower, right, upper. */
export type Box = readonly [number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
export const EVERYWHERE: Box = [-1e9, -1e9, 1e9, 1e9];

/** The matrix that does what the second does, and then the first. */
export function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** Where a matrix puts a point. */
export function applied([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The least upright rectangle around one that a matrix has moved. */
export function transformedBox([left, lower, right, upper]: Box, matrix: Matrix): Box {
  const corners = [
    applied(matrix, left, lower),
    applied(matrix, left, upper),
    applied(matrix, right, lower),
    applied(matrix, right, upper),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** What two rectangles share; where that is nothing, its left lies beyond its right, or its lower side above its upper one. */
export function common(a: Box, b: Box): Box {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

export function isMatrix(value: unknown): value is Matrix {
  return (
    Array.isArray(value) && value.length === 6 && value.every((part) => typeof part === 'number')
  );
}

export function isBox(value: unknown): value is Box {
  const list = listIn(value);
  return list.length === 4 && list.every((part) => typeof part === 'number');
}
