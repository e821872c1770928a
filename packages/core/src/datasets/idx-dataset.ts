import { z } from 'zod';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import {
  type DatasetDefinition,
  type SourceFormat,
  type StoredFile,
  datasetDigest,
  storedFile,
} from './definition.ts';
import { type IdxArray, parseIdx } from './idx.ts';

/** Labels are bytes. */
const MOST_CLASSES = 256;
/** As much as any file of a dataset may have. */
const MOST_BYTES = 400_000_000;

const FileSchema = z.strictObject({
  /** The file's name without folders and without `.gz`. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a plain file name, without folders')
    .refine((name) => !/\.gz$|\.idx/i.test(name), 'without .gz, and with "-idx" instead of ".idx"'),
  /** Of the unzipped file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the unzipped file, 64 hex digits'),
});

const SplitSchema = z.strictObject({
  count: z.int().positive(),
  images: FileSchema,
  labels: FileSchema,
});

/**
 * A classification dataset in four IDX files of bytes, as MNIST and what was modelled on it are published: images
 * `[count, height, width]` (with one channel) or `[count, height, width, channels]`, labels `[count]`.
 */
export const IdxDatasetSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string().min(1),
    /** Who made the data, for reports. */
    credit: z.string().min(1),
    classes: z.array(z.string().min(1)).min(2).max(MOST_CLASSES),
    /** `[height, width, channels]` */
    imageShape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
    train: SplitSchema,
    test: SplitSchema,
  })
  .refine(
    ({ imageShape: [height, width, channels], train, test }) =>
      Math.max(train.count, test.count) * height * width * channels <= MOST_BYTES,
    `no file may hold more than ${MOST_BYTES} bytes`,
  )
  .refine(
    ({ train, test }) =>
      new Set([train.images, train.labels, test.images, test.labels].map(({ name }) => name))
        .size === 4,
    'the four files need four names',
  );
export type IdxDataset = z.infer<typeof IdxDatasetSchema>;

interface Part {
  readonly stored: StoredFile;
  readonly shape: readonly number[];
}

/** The definition of a dataset that is declared and not known to Labproof; it comes from the user's own files alone. */
export function idxDataset(declared: IdxDataset): DatasetDefinition {
  const [height, width, channels] = declared.imageShape;
  const pixels = channels === 1 ? [height, width] : [height, width, channels];
  const images = ({ images: file, count }: IdxDataset['train']) => part(file, [count, ...pixels]);
  const labels = ({ labels: file, count }: IdxDataset['train']) => part(file, [count]);
  const parts = {
    trainImages: images(declared.train),
    trainLabels: labels(declared.train),
    testImages: images(declared.test),
    testLabels: labels(declared.test),
  };
  const { trainImages, trainLabels, testImages, testLabels } = parts;
  const format = idxFormat(Object.values(parts), declared);
  // Each file is its array behind a header that the shape determines, so its digest pins the array, too.
  const arrays = {
    trainImages: trainImages.stored.sha256,
    trainLabels: trainLabels.stored.sha256,
    testImages: testImages.stored.sha256,
    testLabels: testLabels.stored.sha256,
  };
  const { id, title, classes, imageShape, credit, train, test } = declared;
  return {
    id,
    title,
    classes,
    imageShape,
    trainCount: train.count,
    testCount: test.count,
    credit,
    arrays,
    stored: Object.values(parts).map(({ stored }) => stored),
    package: null,
    formats: [format],
    open(files) {
      const array = ({ stored: { name } }: Part) => parseIdx(storedFile(files, name), name).data;
      return {
        id,
        title,
        classes,
        imageShape,
        train: { images: array(trainImages), labels: array(trainLabels), count: train.count },
        test: { images: array(testImages), labels: array(testLabels), count: test.count },
        digest: datasetDigest(arrays),
      };
    },
  };
}

function part({ name, sha256 }: z.infer<typeof FileSchema>, shape: readonly number[]): Part {
  const values = shape.reduce((product, size) => product * size, 1);
  return { stored: { name, bytes: 4 + 4 * shape.length + values, sha256 }, shape };
}

function idxFormat(parts: readonly Part[], { title, classes }: IdxDataset): SourceFormat {
  return {
    title: 'the four IDX files',
    files: parts.map(({ stored: { name, bytes } }) => ({ name, maxBytes: bytes })),
    place(name, bytes, stored) {
      const file = parts.find((part) => part.stored.name === name);
      const found = parseIdx(bytes, name);
      if (file === undefined || found.shape.join() !== file.shape.join()) {
        const expected = file?.shape.join(' × ') ?? 'none';
        throw malformed(
          `${name} holds ${found.shape.join(' × ')} values, and ${title} has ${expected}`,
        );
      }
      if (file.shape.length === 1) checkLabels(found, name, classes.length);
      storedFile(stored, name).set(bytes);
    },
  };
}

function checkLabels({ data }: IdxArray, name: string, classes: number): void {
  const largest = data.reduce((most, label) => Math.max(most, label), 0);
  if (largest >= classes) {
    throw malformed(`${name} has the label ${largest}, and there are ${classes} classes, from 0`);
  }
}

function malformed(message: string): LabproofError {
  return coreError('dataset-file-malformed', {
    message: `${message}.`,
    fix: 'Compare the files with the declaration of the dataset in your lab.',
  });
}
