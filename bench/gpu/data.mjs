// Datasets for gpu.mjs: the real ones, or as many of their examples as were packed for a machine that cannot fetch them.
//
//   node --import tsx --conditions=@labproof/source bench/gpu/data.mjs DIR     packs MNIST and the beginning of CIFAR-10
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadDataset } from '@labproof/core';

/** How many training examples are packed, and how many examples there are of each split. */
const DATASETS = {
  mnist: { shape: [28, 28, 1], classes: 10, packed: 48_000, counts: [60_000, 10_000] },
  cifar10: { shape: [32, 32, 3], classes: 10, packed: 2048, counts: [50_000, 10_000] },
};

export class Data {
  #folder;
  #loaded = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  /** A dataset; `real` says how many of the examples of each split are what they should be, the others being noise. */
  async load(id) {
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const { counts } = DATASETS[id] ?? {};
    const file = this.#folder === undefined ? undefined : path.join(this.#folder, `${id}.bin`);
    const loaded =
      file !== undefined && existsSync(file)
        ? unpack(id, readFileSync(file))
        : { dataset: await loadDataset(id), real: counts };
    this.#loaded.set(id, loaded);
    return loaded;
  }
}

/** A packed file holds training images, then their labels, of as many examples as its length says; an empty one none. */
function unpack(id, bytes) {
  const { shape, classes, counts } = DATASETS[id];
  const size = shape.reduce((product, extent) => product * extent, 1);
  const packed = bytes.length / (size + 1);
  const noise = (length, below) =>
    Uint8Array.from({ length }, (_, index) => (index * 7919) % below);
  const split = (count) => ({
    images: noise(count * size, 251),
    labels: noise(count, classes),
    count,
  });
  const [train, test] = counts.map(split);
  train.images.set(bytes.subarray(0, packed * size));
  train.labels.set(bytes.subarray(packed * size));
  const dataset = {
    id,
    title: id,
    classes: Array.from({ length: classes }, (_, index) => String(index)),
    imageShape: shape,
    train,
    test,
    digest: `packed-${id}`,
  };
  return { dataset, real: [packed, 0] };
}

if (process.argv[1]?.endsWith('data.mjs')) {
  const [folder] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  for (const [id, { shape, packed }] of Object.entries(DATASETS)) {
    const { train } = await loadDataset(id);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const parts = [train.images.subarray(0, packed * size), train.labels.subarray(0, packed)];
    writeFileSync(path.join(folder, `${id}.bin`), Buffer.concat(parts));
  }
}
