import { z } from 'zod';
import type { Dataset } from '../datasets/dataset.ts';
import { sha256Hex } from '../digest.ts';

/** The data of a training as it lay in memory, SHA-256 of each array, besides the digest by which it is known. */
export const DataDigestsSchema = z.strictObject({
  dataset: z.string(),
  digest: z.string(),
  classes: z.array(z.string()),
  trainImages: z.string(),
  trainLabels: z.string(),
  testImages: z.string(),
  testLabels: z.string(),
});
export type DataDigests = z.infer<typeof DataDigestsSchema>;

/** Digests the arrays themselves: what a dataset says of itself is not asked. */
export function dataDigests({ id, digest, classes, train, test }: Dataset): DataDigests {
  return {
    dataset: id,
    digest,
    classes: [...classes],
    trainImages: sha256Hex(train.images),
    trainLabels: sha256Hex(train.labels),
    testImages: sha256Hex(test.images),
    testLabels: sha256Hex(test.labels),
  };
}

const NAMES = {
  trainImages: 'the training images',
  trainLabels: 'the training labels',
  testImages: 'the test images',
  testLabels: 'the test labels',
} as const;

/** Which arrays are not those of before, a clause each. */
export function dataChanges(before: DataDigests, after: DataDigests): string[] {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .filter((part) => before[part] !== after[part])
    .map((part) => `${NAMES[part]} are not those of the calibration`);
}
