import type { Pointer } from '../pointer.ts';

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
}
