import { readdirSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import {
  type DatasetSplit,
  evaluate,
  type Kernels,
  loadDataset,
  openKernels,
} from '@labproof/core';
import { z } from 'zod';
import { measuredLoss } from '../../../grader/src/evaluation/keras-loss.ts';
import { withNormalization } from '../../../grader/src/evaluation/normalized-inputs.ts';
import type { SubmittedModel } from '../../src/models/submitted-model.ts';

const FileSchema = z.object({
  network: z.string(),
  dataset: z.enum(['mnist', 'cifar10']),
  mean: z.array(z.number()),
  std: z.array(z.number()),
  images: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  predicted: z.string(),
});
export type Expected = z.infer<typeof FileSchema>;

/** A fixture, and what its own framework said of it. */
export interface FileCase {
  readonly file: string;
  readonly name: string;
  readonly expected: Expected;
}

/** The files in the folders of `root` that have an `expected.json`. */
export function fileCases(root: string): FileCase[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) => {
      const { files } = z
        .object({ files: z.record(z.string(), FileSchema) })
        .parse(JSON.parse(readFileSync(`${root}${folder}/expected.json`, 'utf8')));
      return Object.entries(files).map(([name, expected]) => ({
        file: `${folder}/${name}`,
        name,
        expected,
      }));
    });
}

interface Measured {
  readonly accuracy: number;
  readonly predicted: string;
  readonly lossIsOff: boolean;
}

/** What the framework that wrote a file makes of it. */
export function measuredElsewhere({ accuracy, predicted }: Expected): Measured {
  return {
    accuracy,
    predicted: inflateSync(Buffer.from(predicted, 'base64')).join(' '),
    lossIsOff: false,
  };
}

function firstOf({ images, labels, count }: DatasetSplit, first: number): DatasetSplit {
  return {
    images: images.subarray(0, (images.length / count) * first),
    labels,
    count: first,
  };
}

/** Opens what measures models on the first test images by our own arithmetic. */
export async function openMeasurement(): Promise<
  (model: SubmittedModel, expected: Expected) => Measured
> {
  const kernels: Kernels = await openKernels('auto');
  const tests = new Map<string, DatasetSplit>();
  for (const id of ['mnist', 'cifar10']) tests.set(id, (await loadDataset(id)).test);
  return (model, expected) => {
    if (model.state === 'refused') throw new Error(model.refusal.message);
    const { plan, loss, reading } = measuredLoss(model, 'sparse_categorical_crossentropy');
    const network = withNormalization({ plan, weights: model.weights }, expected);
    const split = tests.get(expected.dataset);
    if (split === undefined) throw new Error('no images');
    const result = evaluate({
      kernels,
      plan: network.plan,
      weights: [...network.weights],
      split: firstOf(split, expected.images),
      inputScale: '1/255',
      loss,
      reading,
    });
    return {
      accuracy: result.accuracy,
      predicted: result.predicted.join(' '),
      lossIsOff: Math.abs(result.loss - expected.loss) > 2e-6 * (1 + expected.loss),
    };
  };
}
