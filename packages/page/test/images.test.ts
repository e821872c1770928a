import { sha256Hex } from '@labproof/core';
import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpackData } from '../page/worker/unpack-data.ts';
import { paethBytes, undoPaeth } from '../src/image-filter.ts';
import { pack, packImages } from '../src/pack-images.ts';

/** A picture that changes slowly, as photographs do, with some noise of a fixed sequence. */
function slowImages(count: number, [height, width, channels]: readonly [number, number, number]) {
  const bytes = new Uint8Array(count * height * width * channels);
  let state = 7;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    const row = Math.floor(at / (width * channels)) % height;
    bytes[at] = 3 * row + 11 * (at % channels) + (state >> 28);
  }
  return bytes;
}

describe('packed images', () => {
  const shape = [9, 7, 3] as const;

  it('come back as they were from the filter', () => {
    const images = slowImages(5, shape);
    expect(undoPaeth(paethBytes(images, shape), shape)).toEqual(images);
  });

  it('are split into pieces that come together again, whichever filter is smaller', () => {
    const wide = [64, 64, 3] as const;
    const images = slowImages(700, wide);
    const pieces = packImages(images, 700, wide);
    expect(pieces.length).toBeGreaterThan(1);
    expect(new Set(pieces.map(({ filter }) => filter))).toEqual(new Set(['paeth']));
    const labels = new Uint8Array(700).fill(1);
    const files = new Map([
      ['labels', pack(labels)],
      ...pieces.map(({ bytes }, index) => [`piece${index}`, bytes] as const),
    ]);
    const { test } = unpackData(
      {
        id: 'slow',
        title: 'Slow',
        classes: ['a', 'b'],
        imageShape: [...wide],
        digest: '',
        count: 700,
        labels: 'labels',
        pieces: pieces.map(({ images: count, filter }, index) => ({
          path: `piece${index}`,
          images: count,
          filter,
        })),
      },
      files,
    );
    expect(sha256Hex(test.images)).toBe(sha256Hex(images));
    expect(test.labels).toEqual(labels);
  });

  it('stay as they are where that is smaller', () => {
    const flat = new Uint8Array(28 * 28 * 10).fill(200);
    const [piece] = packImages(flat, 10, [28, 28, 1]);
    expect(unzlibSync(piece?.bytes ?? new Uint8Array()).length).toBe(flat.length);
  });
});
