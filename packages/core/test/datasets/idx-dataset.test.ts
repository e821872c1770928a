import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addDataset,
  DatasetCatalogue,
  type DatasetDefinition,
  IdxDatasetSchema,
  idxDataset,
  loadDataset,
} from '../../src/index.ts';
import type { IdxDataset } from '../../src/datasets/idx-dataset.ts';

function idx(shape: readonly number[], data: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

const FILES: ReadonlyMap<string, Uint8Array> = new Map([
  ['train-images', idx([3, 1, 2], [1, 2, 3, 4, 5, 6])],
  ['train-labels', idx([3], [0, 1, 1])],
  ['test-images', idx([2, 1, 2], [7, 8, 9, 10])],
  ['test-labels', idx([2], [1, 0])],
]);

function file(name: string, files = FILES): { name: string; sha256: string } {
  const bytes = files.get(name) ?? new Uint8Array(0);
  return { name, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function declaration(id: string, files = FILES): IdxDataset {
  return IdxDatasetSchema.parse({
    id,
    title: 'Tiny pairs',
    credit: 'nobody',
    classes: ['left', 'right'],
    imageShape: [1, 2, 1],
    train: { count: 3, images: file('train-images', files), labels: file('train-labels', files) },
    test: { count: 2, images: file('test-images', files), labels: file('test-labels', files) },
  });
}

let folder: string;
let cacheDirectory: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'labproof-idx-'));
  cacheDirectory = path.join(folder, 'store');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A store that knows one declared dataset besides the built-in ones. */
function storeOf(definition: DatasetDefinition): {
  readonly cacheDirectory: string;
  readonly catalogue: DatasetCatalogue;
} {
  return { cacheDirectory, catalogue: DatasetCatalogue.builtIn.with([definition]) };
}

async function writeFiles(files = FILES): Promise<void> {
  for (const [name, bytes] of files)
    await writeFile(path.join(folder, `${name}.gz`), gzipSync(bytes));
}

describe('a declared dataset', () => {
  it('is added from gzipped files and loaded with its pixels and labels', async () => {
    const store = storeOf(idxDataset(declaration('tiny-pairs')));
    await writeFiles();
    const status = await addDataset('tiny-pairs', [folder], store);
    expect(status).toMatchObject({ state: 'ready', source: null, downloadBytes: null });
    const dataset = await loadDataset('tiny-pairs', store);
    expect([...dataset.train.images]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...dataset.test.labels]).toEqual([1, 0]);
    expect(dataset.digest).toBe(status.digest);
  });

  it('cannot be downloaded, and says how to add it', async () => {
    const store = storeOf(idxDataset(declaration('tiny-pairs')));
    await expect(loadDataset('tiny-pairs', store)).rejects.toMatchObject({
      code: 'dataset-not-added',
      fix: expect.stringContaining('datasets add tiny-pairs'),
    });
  });

  it.each([
    ['a label without a class', 'train-labels', idx([3], [0, 1, 2]), /has the label 2/],
    ['another shape', 'test-images', idx([2, 2, 1], [7, 8, 9, 10]), /holds 2 × 2 × 1 values/],
  ])('refuses %s', async (_, name, bytes, message) => {
    const files = new Map([...FILES, [name, bytes]]);
    const id = `tiny-${name}`;
    const store = storeOf(idxDataset(declaration(id, files)));
    await writeFiles(files);
    await expect(addDataset(id, [folder], store)).rejects.toMatchObject({
      code: 'dataset-file-malformed',
      owner: 'instructor',
      message: expect.stringMatching(message),
    });
  });

  it('refuses files with other content', async () => {
    const store = storeOf(idxDataset(declaration('tiny-pairs')));
    await writeFiles(new Map([...FILES, ['test-labels', idx([2], [0, 0])]]));
    await expect(addDataset('tiny-pairs', [folder], store)).rejects.toMatchObject({
      code: 'dataset-content-differs',
    });
  });

  it('may be declared twice, but not with other data', () => {
    const definition = idxDataset(declaration('tiny-pairs'));
    const catalogue = DatasetCatalogue.builtIn.with([definition, definition]);
    expect(catalogue.with([definition]).definitions.map(({ id }) => id)).toEqual([
      'mnist',
      'cifar10',
      'tiny-pairs',
    ]);
    const other = idxDataset(declaration('mnist'));
    expect(() => catalogue.with([other])).toThrow(
      expect.objectContaining({ code: 'dataset-id-taken' }),
    );
  });

  it('names each file that is damaged or gone, with the digest that it should have, and fetches nothing', async () => {
    const definition = idxDataset(declaration('tiny-pairs'));
    const store = storeOf(definition);
    await expect(loadDataset('tiny-pairs', store)).rejects.toMatchObject({
      code: 'dataset-not-added',
      message: expect.not.stringContaining('damaged'),
    });
    await writeFiles();
    await addDataset('tiny-pairs', [folder], store);
    const place = (name: string): string => path.join(cacheDirectory, 'tiny-pairs', name);
    const longer = new Uint8Array([...(FILES.get('test-labels') ?? []), 7]);
    const other = idx([3], [1, 1, 1]);
    await writeFile(place('test-labels'), longer);
    await writeFile(place('train-labels'), other);
    await rm(place('train-images'));
    const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    const heard: unknown[] = [];
    const error: unknown = await loadDataset('tiny-pairs', {
      ...store,
      onDamaged: (problem) => heard.push(problem),
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'dataset-not-added',
      fix: expect.stringContaining('datasets add tiny-pairs'),
    });
    const message = String(error instanceof Error ? error.message : error);
    for (const text of [
      `${place('train-images')} is missing`,
      `${place('train-labels')} is damaged (its SHA-256 is ${sha256(other)} instead of ${file('train-labels').sha256})`,
      `${place('test-labels')} is damaged (it is 11 bytes long instead of 10, and its SHA-256 is ${sha256(longer)} instead of ${file('test-labels').sha256})`,
    ]) {
      expect(message).toContain(text);
    }
    expect(message).not.toContain('test-images');
    expect(heard).toEqual([]);
  });

  it('has one set of class names, whoever declares it', () => {
    const definition = idxDataset(declaration('tiny-pairs'));
    const reversed = { ...definition, classes: ['right', 'left'] };
    const catalogue = DatasetCatalogue.builtIn.with([definition]);
    expect(() => catalogue.with([reversed])).toThrow(
      'The dataset "tiny-pairs" is declared twice with other class names: label 0 is "left" here and "right" there.',
    );
  });

  it('is known to nobody but those who are given the catalogue', async () => {
    storeOf(idxDataset(declaration('tiny-pairs')));
    await expect(loadDataset('tiny-pairs', { cacheDirectory })).rejects.toMatchObject({
      code: 'dataset-unknown',
    });
  });
});

describe('a declaration', () => {
  const good = declaration('tiny-pairs');

  it.each([
    ['a path', { train: { ...good.train, images: { ...good.train.images, name: '../x' } } }],
    ['a zipped name', { train: { ...good.train, images: { ...good.train.images, name: 'x.gz' } } }],
    ['one name for two files', { train: { ...good.train, labels: good.train.images } }],
    ['files beyond all bounds', { train: { ...good.train, count: 1_000_000_000 } }],
    ['an unknown field', { url: 'https://example.org' }],
  ])('with %s is refused', (_, change) => {
    expect(IdxDatasetSchema.safeParse({ ...good, ...change }).success).toBe(false);
  });
});
