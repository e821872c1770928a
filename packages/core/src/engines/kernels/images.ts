import type { Pointer } from '../memory.ts';

/** Images of `[rows, height, width, channels]` inside larger ones of `[rows, outHeight, outWidth, channels]`. */
export interface PaddingGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

export interface ImageKernels {
  /**
   * Moves images `[rows, height, width, channels]` by one affine map each, with bilinear interpolation; pixels beyond
   * the border are those nearest to it. `maps` holds six floats a row, (a, b, p, c, d, q): output pixel (i, j) looks at
   * row clamp((a·i + b·j) + p, 0, height − 1) =: v and column clamp((c·i + d·j) + q, 0, width − 1) =: u, where
   * clamp(t, 0, last) = t > 0 ? (t < last ? t : last) : 0, which takes NaN to 0. With v0 = ⌊v⌋, v1 = min(v0 + 1, height − 1), fv = v − v0,
   * and u0, u1, fu alike: top = x[v0,u0] + fu·(x[v0,u1] − x[v0,u0]), bottom the same in row v1,
   * y = top + fv·(bottom − top), every operation rounded.
   */
  transformImages(
    x: Pointer,
    maps: Pointer,
    y: Pointer,
    rows: number,
    height: number,
    width: number,
    channels: number,
  ): void;
  /** y[r, iy + top, ix + left, c] = x[r,iy,ix,c], and +0 everywhere else. */
  zeroPad(x: Pointer, y: Pointer, rows: number, geometry: PaddingGeometry): void;
  /** The way back: dx[r,iy,ix,c] = dy[r, iy + top, ix + left, c], under the same geometry. */
  zeroPadGradient(dy: Pointer, dx: Pointer, rows: number, geometry: PaddingGeometry): void;
}
