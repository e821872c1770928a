import { sin } from '../elementary/sine.ts';
import { philoxBlock } from '../streams/philox.ts';
import type { Augmentation } from '../recipe/fit-options.ts';
import type { StreamKey } from '../streams/streams.ts';

/** Six numbers (a, b, p, c, d, q) that say where output pixel (i, j) comes from: row a·i + b·j + p, column c·i + d·j + q. */
export type AffineMap = readonly [a: number, b: number, p: number, c: number, d: number, q: number];

const HALF_PI = 1.5707963267948966;

/** What is done to one image: degrees, pixels, and the factors of `zx` and `zy` in Keras (above 1 the image gets smaller). */
export interface ImageChange {
  readonly angle: number;
  readonly down: number;
  readonly right: number;
  readonly zoomDown: number;
  readonly zoomRight: number;
  readonly mirrored: boolean;
  readonly upsideDown: boolean;
}

type Extent = readonly [height: number, width: number, ...rest: number[]];

/**
 * The random change of one example in one epoch. Its numbers are words 0 … 6 of the stream's blocks at counter (block,
 * epoch, example, 0): angle, vertical shift, horizontal shift, vertical zoom, horizontal zoom, horizontal flip, vertical
 * flip. Each is drawn whether it is used or not, so that switching one change on does not alter the others.
 */
export function randomMap(
  augmentation: Augmentation,
  extent: Extent,
  draw: { key: StreamKey; epoch: number; example: number },
): AffineMap {
  const { key, epoch, example } = draw;
  const units = [0, 1].flatMap((block) =>
    philoxBlock([block, epoch, example, 0], key[0], key[1]).map((word) => (word >>> 8) * 2 ** -24),
  );
  const [u0 = 0, u1 = 0, u2 = 0, u3 = 0, u4 = 0, u5 = 0, u6 = 0] = units;
  const change = {
    angle: around(u0, augmentation.rotationRange ?? 0),
    down: around(u1, augmentation.heightShiftRange ?? 0) * extent[0],
    right: around(u2, augmentation.widthShiftRange ?? 0) * extent[1],
    zoomDown: 1 + around(u3, augmentation.zoomRange ?? 0),
    zoomRight: 1 + around(u4, augmentation.zoomRange ?? 0),
    mirrored: augmentation.horizontalFlip === true && u5 < 0.5,
    upsideDown: augmentation.verticalFlip === true && u6 < 0.5,
  };
  return mapOf(change, extent, augmentation.axes);
}

/**
 * A change as Keras's `ImageDataGenerator.apply_transform` composes it: rotation, then shift, then zoom about the image's
 * centre, then flips; all but the flips in one interpolation. With swapped axes the map that is composed so is taken for one
 * of columns and rows, as `apply_affine_transform` does in Keras 2.15 and 3.15; on images that are not square its centre is
 * then not theirs. The maps are held to both and to Keras 2.2.4 ([semantics](docs/keras-semantics.md#augmentation)).
 */
export function mapOf(
  { angle: degrees, down, right, zoomDown, zoomRight, mirrored, upsideDown }: ImageChange,
  [height, width]: Extent,
  axes: Augmentation['axes'],
): AffineMap {
  const angle = (degrees / 90) * HALF_PI;
  // The kernels' own sine, of float32 arguments; the cosine of 0 must be 1 exactly.
  const sine = sin(Math.fround(angle));
  const cosine = angle === 0 ? 1 : sin(Math.fround(HALF_PI - (angle < 0 ? -angle : angle)));
  const [a, b, c, d] = [cosine * zoomDown, -sine * zoomRight, sine * zoomDown, cosine * zoomRight];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const p = cosine * down - sine * right + middleRow - (a * middleRow + b * middleColumn);
  const q = sine * down + cosine * right + middleColumn - (c * middleRow + d * middleColumn);
  const map: AffineMap = axes === 'swapped' ? [d, c, q, b, a, p] : [a, b, p, c, d, q];
  const sideways = mirrored ? mirrorColumns(map, width) : map;
  return upsideDown ? mirrorRows(sideways, height) : sideways;
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
