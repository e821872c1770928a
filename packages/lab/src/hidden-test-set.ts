import {
  type Augmentation,
  type Dataset,
  type DatasetSplit,
  type Kernels,
  randomMap,
  sha256Hex,
} from '@labproof/core';
import { philoxBlock, type StreamKey, streamKey } from '@labproof/core/streams';

/** How far the hidden images lie from the test images: about a pixel of MNIST, a few degrees, a tenth of the light. */
const GEOMETRY: Augmentation = { widthShiftRange: 0.04, heightShiftRange: 0.04, rotationRange: 4 };
/** Every pixel times 1 ± this, one factor an image. */
const BRIGHTNESS = 0.1;
/** Every pixel plus at most so many of 255 levels, up or down. */
const NOISE = 6;

/** Images moved at once. */
const ROWS = 100;
const MAP_LENGTH = 6;
/** A block of the generator holds noise for so many pixels, a byte each. */
const PIXELS_A_BLOCK = 16;

/**
 * A second test set that nobody can have trained on: every test image shifted, turned, lit otherwise and with noise,
 * all of it drawn from named streams of a secret. The same secret gives the same bytes on every machine; without it
 * they cannot be foretold. Neither the secret nor a digest of these images may reach a student, who could try secrets
 * against it.
 */
export function hiddenTestSet(
  { id, imageShape, test }: Pick<Dataset, 'id' | 'imageShape' | 'test'>,
  secret: string,
  kernels: Kernels,
): DatasetSplit {
  const size = imageShape[0] * imageShape[1] * imageShape[2];
  const name = `hidden-test/${sha256Hex(new TextEncoder().encode(secret))}/${id}`;
  const geometry = streamKey(0, `${name}/geometry`);
  const light = streamKey(0, `${name}/light`);
  const images = new Uint8Array(test.images.length);
  const [x, maps, y] = [ROWS * size * 4, ROWS * MAP_LENGTH * 4, ROWS * size * 4].map((bytes) =>
    kernels.allocate(bytes),
  ) as [number, number, number];
  for (let from = 0; from < test.count; from += ROWS) {
    const rows = Math.min(ROWS, test.count - from);
    kernels.f32(x, rows * size).set(test.images.subarray(from * size, (from + rows) * size));
    const mapping = kernels.f32(maps, rows * MAP_LENGTH);
    for (let row = 0; row < rows; row += 1) {
      const draw = { key: geometry, epoch: 0, example: from + row };
      mapping.set(randomMap(GEOMETRY, imageShape, draw), row * MAP_LENGTH);
    }
    kernels.transformImages(x, maps, y, rows, ...imageShape);
    const moved = kernels.f32(y, rows * size);
    for (let row = 0; row < rows; row += 1) {
      const image = from + row;
      writeImage(moved.subarray(row * size, (row + 1) * size), images, image, light);
    }
  }
  return { images, labels: test.labels, count: test.count };
}

/** Writes one image with its brightness and noise: block 0 of its stream is the factor, the others are noise. */
function writeImage(moved: Float32Array, images: Uint8Array, image: number, key: StreamKey): void {
  const [word] = philoxBlock([0, 0, image, 0], key[0], key[1]);
  const factor = 1 + (2 * (word * 2 ** -32) - 1) * BRIGHTNESS;
  const start = image * moved.length;
  for (let at = 0; at < moved.length; at += PIXELS_A_BLOCK) {
    const block = philoxBlock([1 + at / PIXELS_A_BLOCK, 0, image, 0], key[0], key[1]);
    const end = Math.min(PIXELS_A_BLOCK, moved.length - at);
    for (let i = 0; i < end; i += 1) {
      const byte = ((block[i >> 2] ?? 0) >>> (8 * (i & 3))) & 0xff;
      const noise = ((byte * (2 * NOISE + 1)) >> 8) - NOISE;
      const level = Math.round((moved[at + i] ?? 0) * factor + noise);
      images[start + at + i] = level < 0 ? 0 : level > 255 ? 255 : level;
    }
  }
}
