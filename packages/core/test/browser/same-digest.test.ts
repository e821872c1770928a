import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../../report/src/pdf/find-browser.ts';
import { launchBrowser } from '../../../report/src/pdf/launch-browser.ts';
import { readWasm } from '../../src/engines/engine-files.ts';
import {
  planTraining,
  type Dataset,
  type DatasetSplit,
  loadDataset,
  openKernels,
  type Recipe,
  runTrial,
} from '../../src/index.ts';
import { createWasmKernels } from '../../src/engines/wasm.ts';
import { bundleForBrowser } from './bundle.ts';
import type { PageInput, PageResult } from './page.ts';

const SEED = 11;

/** Initial weights, shuffles and masks are drawn in it. */
const perceptron: Recipe = {
  dataset: 'mnist',
  inputShape: [784],
  inputScale: '1/255',
  model: {
    name: 'perceptron',
    layers: [
      {
        class_name: 'Dense',
        config: { batch_input_shape: [null, 784], units: 64, activation: 'relu' },
      },
      { class_name: 'Dropout', config: { rate: 0.3 } },
      { class_name: 'Dense', config: { units: 10, activation: 'softmax' } },
    ],
  },
  loss: 'categorical_crossentropy',
  optimizer: { class_name: 'RMSprop', learning_rate: 0.001, rho: 0.9, epsilon: 1e-7, decay: 0 },
  batchSize: 128,
  epochs: 2,
  validation: { from: 'split', share: 0.2 },
  shuffle: true,
  trainLimit: null,
};

/** Convolutions, batch statistics, transcendental functions and random changes of the images. */
const convolutional: Recipe = {
  ...perceptron,
  inputShape: [28, 28, 1],
  model: {
    name: 'convolutional',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          batch_input_shape: [null, 28, 28, 1],
          filters: 5,
          kernel_size: 3,
          padding: 'same',
          use_bias: false,
        },
      },
      { class_name: 'BatchNormalization', config: {} },
      { class_name: 'Activation', config: { activation: 'gelu' } },
      { class_name: 'MaxPooling2D', config: {} },
      { class_name: 'Conv2D', config: { filters: 6, kernel_size: 3, activation: 'elu' } },
      { class_name: 'AveragePooling2D', config: {} },
      { class_name: 'Flatten', config: {} },
      { class_name: 'Dropout', config: { rate: 0.25 } },
      { class_name: 'Dense', config: { units: 10, activation: 'softmax' } },
    ],
  },
  optimizer: {
    class_name: 'Nadam',
    learning_rate: 0.01,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-7,
    schedule_decay: 0.004,
    decay: 0,
  },
  augmentation: { rotationRange: 10, widthShiftRange: 0.1, zoomRange: 0.1 },
  batchSize: 32,
};

describe('the wasm engine in headless Chromium', () => {
  let browser: Browser;
  let dataset: Dataset;
  let wasm: Uint8Array;

  beforeAll(async () => {
    wasm = await readWasm();
    const { train, test, ...about } = await loadDataset('mnist');
    dataset = { ...about, train: firstOf(train, 2000), test: firstOf(test, 500) };
    browser = await launchBrowser(await findBrowser());
  });
  afterAll(() => browser.close());

  it.each([perceptron, convolutional])(
    'trains the $model.name network to the digest, the history and the test metrics of Node',
    async (recipe) => {
      const { script } = await bundleForBrowser('./page.ts');
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      const { train, test, ...about } = dataset;
      const input: PageInput = {
        wasm: base64(wasm),
        recipe,
        dataset: about,
        train: { images: base64(train.images), labels: base64(train.labels) },
        test: { images: base64(test.images), labels: base64(test.labels) },
        seed: SEED,
      };
      const inPage = await page.evaluate(
        (given) =>
          (
            globalThis as unknown as { trainInPage(input: PageInput): Promise<PageResult> }
          ).trainInPage(given),
        input,
      );

      for (const kernels of [await createWasmKernels(wasm), await openKernels('auto')]) {
        const plan = planTraining(recipe, dataset);
        const options = { kernels, plan, dataset, seed: SEED, now: () => 0 };
        expect(inPage).toEqual((await runTrial(options)).result);
      }
      expect(inPage.digest).toMatch(/^[0-9a-f]{64}$/u);
      expect(inPage.test.accuracy).toBeGreaterThan(0.5);
    },
  );
});

function firstOf({ images, labels, count }: DatasetSplit, wanted: number): DatasetSplit {
  const size = images.length / count;
  return {
    images: images.slice(0, wanted * size),
    labels: labels.slice(0, wanted),
    count: wanted,
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
