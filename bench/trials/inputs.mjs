import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { planTraining, Trainer, loadDataset, openKernels, weightBytes } from '@labproof/core';
import { withoutDropout } from './exercises.mjs';

/** Examples that training goes round on, and that are evaluated. More would change no time, only fill memory. */
const EXAMPLES = 12_800;
const TESTS = 1024;

/** Writes initial weights and examples of an exercise into a folder; what every side is told to do. */
export async function writeInputs({ name, recipe }, folder) {
  const dataset = await loadDataset(recipe.dataset);
  const kernels = await openKernels('wasm');
  const size = dataset.train.images.length / dataset.train.count;
  // Initial weights need no examples, only an engine with room for the network.
  const empty = ({ images, labels }) => ({
    images: images.subarray(0, size),
    labels: labels.subarray(0, 1),
    count: 1,
  });
  const small = { ...dataset, train: empty(dataset.train), test: empty(dataset.test) };
  const trainer = new Trainer({
    kernels,
    plan: planTraining(withoutDropout(recipe), small),
    dataset: small,
    seed: 1,
  });
  const write = (part, bytes) => {
    const file = path.join(folder, `${name}-${part}`);
    writeFileSync(file, bytes);
    return file;
  };
  const split = (part, count) => {
    const { images, labels } = dataset[part];
    return {
      images: write(`${part}-images`, images.subarray(0, count * size)),
      labels: write(`${part}-labels`, labels.subarray(0, count)),
    };
  };
  const task = {
    recipe,
    shapes: trainer.plan.model.layers.flatMap(({ weights }) => weights.map(({ shape }) => shape)),
    weights: write('weights', weightBytes(trainer.initialWeights)),
    train: split('train', EXAMPLES),
    test: split('test', TESTS),
    examples: EXAMPLES,
    tests: TESTS,
    classes: dataset.classes,
    imageShape: dataset.imageShape,
  };
  kernels.reset();
  return { task, dataset };
}

/** The examples of a task, as Labproof takes them. */
export function readDataset({ recipe, classes, imageShape, train, test, examples, tests }) {
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

function readPart({ images, labels }, count) {
  return { images: readFileSync(images), labels: readFileSync(labels), count };
}
