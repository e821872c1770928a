import { createOracleKernels, type Dataset, openKernels } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { hiddenTestSet } from '../src/index.ts';

const [HEIGHT, WIDTH, CHANNELS, COUNT] = [9, 7, 3, 130];
const SIZE = HEIGHT * WIDTH * CHANNELS;
const SECRET = 'a secret of sufficient length';

const dataset: Pick<Dataset, 'id' | 'imageShape' | 'test'> = {
  id: 'stripes',
  imageShape: [HEIGHT, WIDTH, CHANNELS],
  test: {
    images: Uint8Array.from({ length: COUNT * SIZE }, (_, at) => ((at * 31) % 7 < 3 ? 230 : 15)),
    labels: Uint8Array.from({ length: COUNT }, (_, index) => index % 2),
    count: COUNT,
  },
};

describe('the hidden test set', () => {
  it('is the same bytes on every engine, and others for another secret or dataset', async () => {
    const wasm = hiddenTestSet(dataset, SECRET, await openKernels('wasm'));
    const oracle = hiddenTestSet(dataset, SECRET, createOracleKernels());
    expect(oracle.images).toEqual(wasm.images);
    const kernels = createOracleKernels();
    expect(hiddenTestSet(dataset, `${SECRET}!`, kernels).images).not.toEqual(wasm.images);
    expect(hiddenTestSet({ ...dataset, id: 'other' }, SECRET, kernels).images).not.toEqual(
      wasm.images,
    );
  });

  it('has the labels of the test set, and every image another but not far from its own', () => {
    const grey = {
      ...dataset,
      test: { ...dataset.test, images: new Uint8Array(COUNT * SIZE).fill(100) },
    };
    const { images, labels, count } = hiddenTestSet(grey, SECRET, createOracleKernels());
    expect([labels, count]).toEqual([dataset.test.labels, COUNT]);
    const brightness = new Set<number>();
    for (let image = 0; image < COUNT; image += 1) {
      const pixels = images.subarray(image * SIZE, (image + 1) * SIZE);
      // A tenth of the light and six levels of noise around 100; shifting an even grey changes nothing.
      for (const pixel of pixels) expect(Math.abs(pixel - 100)).toBeLessThanOrEqual(16);
      brightness.add(Math.round(pixels.reduce((sum, pixel) => sum + pixel, 0) / SIZE));
      expect(new Set(pixels).size).toBeGreaterThan(8);
    }
    expect(brightness.size).toBeGreaterThan(10);
  });
});
