import { sin } from '../elementary/sine.ts';
import { philoxBlock } from '../streams/philox.ts';
import type { Augmentation } from '../recipe/fit-options.ts';
import type { StreamKey } from '../streams/streams.ts';

/** Six numbers (a, b, p, c, d, q) that say where output pixel (i, j) comes from: row a·i + b·j + p, column c·i + d·j + q. */
export type AffineMap = readonly [a: number, b: number, p: number, c: number, d: number, q: number];

const HALF_PI = 1.5707963267948966;

/**
 * The random change of one example in one epoch, as Keras's `ImageDataGenerator.random_transform` composes it: rotation,
 * then shift, then zoom about the image's centre, then flips; all but the flips in one interpolation.
 * The numbers are words 0 … 6 of the stream's blocks at counter (block, epoch, example, 0): angle, vertical shift,
 * horizontal shift, vertical zoom, horizontal zoom, horizontal flip, vertical flip. Each is drawn whether it is used or
 * not, so that switching one change on does not alter the others. With swapped axes the map that is composed so is taken
 * for one of columns and rows, as Keras 3's `apply_affine_transform` does; on images that are not square its centre is then
 * not theirs.
 */
export function randomMap(
  augmentation: Augmentation,
  [height, width]: readonly [height: number, width: number, ...rest: number[]],
  draw: { key: StreamKey; epoch: number; example: number },
): AffineMap {
  const { key, epoch, example } = draw;
  const units = [0, 1].flatMap((block) =>
    philoxBlock([block, epoch, example, 0], key[0], key[1]).map((word) => (word >>> 8) * 2 ** -24),
  );
  const [u0 = 0, u1 = 0, u2 = 0, u3 = 0, u4 = 0, u5 = 0, u6 = 0] = units;
  const angle = (around(u0, augmentation.rotationRange ?? 0) / 90) * HALF_PI;
  const down = around(u1, augmentation.heightShiftRange ?? 0) * height;
  const right = around(u2, augmentation.widthShiftRange ?? 0) * width;
  const zoomDown = 1 + around(u3, augmentation.zoomRange ?? 0);
  const zoomRight = 1 + around(u4, augmentation.zoomRange ?? 0);

  // The kernels' own sine, of float32 arguments; the cosine of 0 must be 1 exactly.
  const sine = sin(Math.fround(angle));
  const cosine = angle === 0 ? 1 : sin(Math.fround(HALF_PI - (angle < 0 ? -angle : angle)));
  const [a, b, c, d] = [cosine * zoomDown, -sine * zoomRight, sine * zoomDown, cosine * zoomRight];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const p = cosine * down - sine * right + middleRow - (a * middleRow + b * middleColumn);
  const q = sine * down + cosine * right + middleColumn - (c * middleRow + d * middleColumn);
  const map: AffineMap = augmentation.axes === 'swapped' ? [d, c, q, b, a, p] : [a, b, p, c, d, q];
  const mirrored =
    augmentation.horizontalFlip === true && u5 < 0.5 ? mirrorColumns(map, width) : map;
  return augmentation.verticalFlip === true && u6 < 0.5 ? mirrorRows(mirrored, height) : mirrored;
}

/** A unit number spread over (−range, range). */
function around(unit: number, range: number): number {
  return (2 * unit - 1) * range;
}

/** Output column j becomes width − 1 − j. */
function mirrorColumns([a, b, p, c, d, q]: AffineMap, width: number): AffineMap {
  return [a, -b, p + b * (width - 1), c, -d, q + d * (width - 1)];
}

/** Output row i becomes height − 1 − i. */
function mirrorRows([a, b, p, c, d, q]: AffineMap, height: number): AffineMap {
  return [-a, b, p + a * (height - 1), -c, d, q + c * (height - 1)];
}
