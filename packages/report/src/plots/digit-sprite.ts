import { encode } from 'fast-png';
import { toBase64 } from '@labproof/submission';

/** One test image: bytes row-major `[height, width, channels]`, with 1 (grey) or 3 (RGB) channels. */
export interface TestImage {
  /** Index into the test set. */
  readonly index: number;
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Whether an example of a dataset can be looked at: a row of measurements is no picture. */
export function isPicture({ height, width, channels }: TestImage): boolean {
  return Math.min(height, width) > 2 && (channels === 1 || channels === 3);
}

/** Several images side by side in one PNG. Image `i` lies at column `i % columns`, row `⌊i / columns⌋`. */
export interface Sprite {
  /** A `data:image/png` address. */
  readonly uri: string;
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Packs images of one size into a sprite; `null` when there is none. Images of another size than the first are refused with a `RangeError`. */
export function packSprite(images: readonly TestImage[], columns: number = 8): Sprite | null {
  const [first] = images;
  if (first === undefined) return null;
  const { width: tileWidth, height: tileHeight, channels } = first;
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`an image has 1 or 3 channels, not ${channels}`);
  }
  const across = Math.min(columns, images.length);
  const rows = Math.ceil(images.length / across);
  const rowBytes = across * tileWidth * channels;
  const data = new Uint8Array(rows * tileHeight * rowBytes);
  for (const [position, image] of images.entries()) {
    if (
      image.width !== tileWidth ||
      image.height !== tileHeight ||
      image.channels !== channels ||
      image.pixels.length !== tileWidth * tileHeight * channels
    ) {
      throw new RangeError(
        `test image ${image.index} is not ${tileHeight}×${tileWidth}×${channels}`,
      );
    }
    const left = (position % across) * tileWidth * channels;
    const top = Math.floor(position / across) * tileHeight;
    const bytes = tileWidth * channels;
    for (let y = 0; y < tileHeight; y++) {
      data.set(image.pixels.subarray(y * bytes, (y + 1) * bytes), (top + y) * rowBytes + left);
    }
  }
  const png = encode({
    width: across * tileWidth,
    height: rows * tileHeight,
    data,
    channels,
    depth: 8,
  });
  return {
    uri: `data:image/png;base64,${toBase64(png)}`,
    columns: across,
    rows,
    tileWidth,
    tileHeight,
  };
}
