import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnist } from '../../src/datasets/mnist.ts';
import {
  addDataset,
  datasetDirectory,
  DatasetCatalogue,
  loadDataset,
  verifyDataset,
} from '../../src/index.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import { sha256Hex } from '../../src/digest.ts';
import { temporaryFolder } from './loopback-registry.ts';

let dataset: Dataset;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

// The user's own cache: downloaded by whichever test is first, shared by all packages.
beforeAll(async () => {
  dataset = await loadDataset('mnist');
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

function gzippedLabels(labels: Uint8Array): Buffer {
  const header = [0, 0, 8, 1, 0, 0, labels.length >> 8, labels.length & 255];
  return gzipSync(Uint8Array.from([...header, ...labels]));
}

describe('MNIST', () => {
  it('has the published sizes, classes and first labels', () => {
    expect(dataset.train.count).toBe(60_000);
    expect(dataset.test.count).toBe(10_000);
    expect(dataset.imageShape).toEqual([28, 28, 1]);
    expect(dataset.train.images.length).toBe(60_000 * 784);
    expect(dataset.test.images.length).toBe(10_000 * 784);
    expect([...dataset.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...dataset.test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const counts = Array.from({ length: 10 }, () => 0);
    for (const label of dataset.test.labels) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('has pinned array digests that are those of its arrays', () => {
    expect({
      trainLabels: sha256Hex(dataset.train.labels),
      testImages: sha256Hex(dataset.test.images),
      testLabels: sha256Hex(dataset.test.labels),
    }).toMatchObject({
      trainLabels: mnist.arrays.trainLabels,
      testImages: mnist.arrays.testImages,
      testLabels: mnist.arrays.testLabels,
    });
    expect(sha256Hex(dataset.train.images)).toBe(mnist.arrays.trainImages);
  });

  it('has a digest that stands for all four arrays', () => {
    expect(dataset.digest).toBe('3f46bc77a4d19d0cdfcde0a3e6936800293451476d5327dc85b84d035fee2e8a');
  });

  it('is reported as ready once it is stored', async () => {
    const status = await verifyDataset('mnist');
    expect(status.state).toBe('ready');
    expect(status.files.map((file) => path.basename(file.path))).toEqual([
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ]);
  });

  it('can be added from files under other spellings, some of them gzipped', async () => {
    const stored = datasetDirectory('mnist');
    const own = (name: string) => path.join(folder.path, name);
    await copyFile(path.join(stored, 'train-images-idx3-ubyte'), own('train-images.idx3-ubyte'));
    await copyFile(path.join(stored, 't10k-images-idx3-ubyte'), own('t10k-images-idx3-ubyte'));
    await writeFile(own('train-labels-idx1-ubyte.gz'), gzippedLabels(dataset.train.labels));
    const to = { cacheDirectory: own('store') };
    await expect(addDataset('mnist', [folder.path], to)).rejects.toMatchObject({
      code: 'dataset-files-missing',
      message: expect.stringContaining('t10k-labels-idx1-ubyte is missing'),
    });
    expect((await verifyDataset('mnist', to)).state).toBe('absent');

    await writeFile(
      own('t10k-labels.idx1-ubyte.gz'),
      gzippedLabels(dataset.test.labels.map((label) => 9 - label)),
    );
    await expect(addDataset('mnist', [folder.path], to)).rejects.toMatchObject({
      code: 'dataset-content-differs',
      message: expect.stringContaining('t10k-labels-idx1-ubyte: its SHA-256 is'),
    });

    await writeFile(own('t10k-labels.idx1-ubyte.gz'), gzippedLabels(dataset.train.labels));
    await expect(addDataset('mnist', [folder.path], to)).rejects.toMatchObject({
      code: 'dataset-file-unreadable',
    });

    await writeFile(own('t10k-labels.idx1-ubyte.gz'), gzippedLabels(dataset.test.labels));
    expect((await addDataset('mnist', [folder.path], to)).state).toBe('ready');
    expect((await loadDataset('mnist', { ...to, offline: true })).digest).toBe(dataset.digest);
  });
});

describe('DatasetCatalogue', () => {
  it('suggests the name that was meant', () => {
    expect(() => DatasetCatalogue.builtIn.find('mnits')).toThrow(
      expect.objectContaining({
        code: 'dataset-unknown',
        owner: 'instructor',
        fix: expect.stringContaining('Did you mean "mnist"?'),
      }),
    );
    expect(() => DatasetCatalogue.builtIn.find('imagenet')).toThrow(
      /There is no dataset "imagenet"/,
    );
  });
});
