import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Dataset,
  type DatasetSplit,
  loadDataset,
  openKernels,
  planTraining,
  RecipeSchema,
  Trainer,
  weightBytes,
} from '@labproof/core';
import { z } from 'zod';
import { type TimedExercise, withoutDropout } from './exercises.ts';

const Part = z.object({ images: z.string(), labels: z.string() });

/** What every side is told to do; files by their paths. */
export const TrialTaskSchema = z.object({
  recipe: RecipeSchema,
  /** Of the weights, in layer order. */
  shapes: z.array(z.array(z.int())),
  /** Initial weights, little-endian float32. */
  weights: z.string(),
  train: Part,
  test: Part,
  /** Examples that training goes round on, and that are evaluated. More would only fill memory. */
  examples: z.int(),
  tests: z.int(),
  classes: z.array(z.string()),
  imageShape: z.tuple([z.int(), z.int(), z.int()]),
});
export type TrialTask = z.infer<typeof TrialTaskSchema>;

const TESTS = 1024;

/** Writes initial weights and examples of an exercise into a folder. */
export async function writeInputs(
  { name, recipe }: TimedExercise,
  folder: string,
  examples: number,
): Promise<{ task: TrialTask; dataset: Dataset }> {
  const dataset = await loadDataset(recipe.dataset);
  const kernels = await openKernels('wasm');
  const size = dataset.train.images.length / dataset.train.count;
  // Initial weights need no examples, only an engine with room for the network.
  const empty = ({ images, labels }: DatasetSplit): DatasetSplit => ({
    images: images.subarray(0, size),
    labels: labels.subarray(0, 1),
    count: 1,
  });
  const small = { ...dataset, train: empty(dataset.train), test: empty(dataset.test) };
  const plan = planTraining(withoutDropout(recipe), small);
  const trainer = new Trainer({ kernels, plan, dataset: small, seed: 1 });
  const write = (part: string, bytes: Uint8Array): string => {
    const file = join(folder, `${name}-${part}`);
    writeFileSync(file, bytes);
    return file;
  };
  const split = (part: 'train' | 'test', count: number): z.infer<typeof Part> => {
    const { images, labels } = dataset[part];
    return {
      images: write(`${part}-images`, images.subarray(0, count * size)),
      labels: write(`${part}-labels`, labels.subarray(0, count)),
    };
  };
  const task: TrialTask = {
    recipe,
    shapes: plan.model.layers.flatMap(({ weights }) => weights.map(({ shape }) => [...shape])),
    weights: write('weights', weightBytes(trainer.initialWeights)),
    train: split('train', examples),
    test: split('test', TESTS),
    examples,
    tests: TESTS,
    classes: [...dataset.classes],
    imageShape: [...dataset.imageShape],
  };
  kernels.reset();
  return { task, dataset };
}

/** The examples of a task, as Labproof takes them. */
export function readTaskDataset(task: TrialTask): Dataset {
  const { recipe, classes, imageShape, train, test, examples, tests } = task;
  return {
    id: recipe.dataset,
    title: recipe.dataset,
    classes,
    imageShape,
    train: readPart(train, examples),
    test: readPart(test, tests),
    digest: '',
  };
}

function readPart({ images, labels }: z.infer<typeof Part>, count: number): DatasetSplit {
  return { images: readFileSync(images), labels: readFileSync(labels), count };
}
