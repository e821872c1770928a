import type { Pointer } from '../memory.ts';

/**
 * The extents of a 2-D pooling of images `[rows, height, width, channels]` to `[rows, outHeight, outWidth, channels]`.
 * The window of output position (oy, ox) covers the image rows oy · strideY − padTop + [0, poolHeight) and the columns
 * ox · strideX − padLeft + [0, poolWidth); taps outside the image do not count. Every window has at least one tap
 * inside. Tap (ky, kx) has the number ky · poolWidth + kx. A window as large as the image pools globally.
 */
export interface PoolingGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly poolHeight: number;
  readonly poolWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

export interface PoolingKernels {
  /**
   * y = the largest value of each window, taps in ascending order: the first tap inside the image is taken, and a later
   * one replaces it only if it is greater (so the first of equals wins). taps (int32, as long as y) = that tap's number.
   */
  maxPool(x: Pointer, y: Pointer, taps: Pointer, rows: number, geometry: PoolingGeometry): void;
  /**
   * dx[r,iy,ix,c] = Σ of dy over the output positions whose chosen tap lies at (iy, ix), from +0, oy and then ox
   * ascending. `taps` as `maxPool` left it; a number that is of no tap inside the image is passed over.
   */
  maxPoolGradient(
    dy: Pointer,
    taps: Pointer,
    dx: Pointer,
    rows: number,
    geometry: PoolingGeometry,
  ): void;
  /**
   * The gradient of the maximum over all positions, images `[rows, positions, columns]` with y their maxima: each of the n
   * positions that have it gets (1 / n)·dy, the others 0. `maxPoolGradient` gives all of dy to the first of them.
   */
  tiedMaximumGradient(
    x: Pointer,
    y: Pointer,
    dy: Pointer,
    dx: Pointer,
    rows: number,
    positions: number,
    columns: number,
  ): void;
  /** y = (the sum from +0 of the window's taps inside the image, ascending) / (their number). */
  averagePool(x: Pointer, y: Pointer, rows: number, geometry: PoolingGeometry): void;
  /**
   * dx[r,iy,ix,c] = Σ dy[r,oy,ox,c] / n[oy,ox] over the output positions whose window covers (iy, ix), from +0, oy and
   * then ox ascending; n is the number of that window's taps inside the image. Each quotient is rounded, then each sum.
   */
  averagePoolGradient(dy: Pointer, dx: Pointer, rows: number, geometry: PoolingGeometry): void;
}
