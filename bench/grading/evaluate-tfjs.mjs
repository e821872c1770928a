// TensorFlow.js's bare evaluation of the same models on its wasm backend: evaluate-tfjs.mjs CLASS COUNT EXERCISE.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadDataset } from '@labproof/core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { benchLab } from './lab.mjs';

const [, , folder, count, exercise] = process.argv;
const { recipe } = benchLab().exercises.find(({ id }) => id === exercise);
const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${path.dirname(main)}/`);
await tf.setBackend('wasm');
const { test } = await loadDataset('mnist');
const images = tf.tensor(
  Float32Array.from(test.images, (byte) => byte / 255),
  [test.count, ...recipe.inputShape],
);
const labels = tf.tensor1d(Int32Array.from(test.labels), 'int32');
const accuracies = [];
const seconds = [];
const busy = [];
for (const student of readdirSync(folder).toSorted().slice(0, Number(count))) {
  const start = performance.now();
  const before = process.cpuUsage();
  const model = path.join(folder, student, 'models', exercise);
  const document = JSON.parse(readFileSync(path.join(model, 'model.json'), 'utf8'));
  const weights = new Uint8Array(readFileSync(path.join(model, 'weights.bin'))).buffer;
  const network = await tf.loadLayersModel({
    load: async () => ({
      modelTopology: document.modelTopology,
      weightSpecs: document.weightsManifest.flatMap((group) => group.weights),
      weightData: weights,
    }),
  });
  const right = tf.tidy(() => {
    const predicted = network.predict(images, { batchSize: 128 }).argMax(1);
    return predicted.equal(labels).sum().dataSync()[0];
  });
  network.dispose();
  seconds.push((performance.now() - start) / 1000);
  const used = process.cpuUsage(before);
  busy.push((used.user + used.system) / 1e6);
  accuracies.push(right / test.count);
}
console.log(JSON.stringify({ seconds, busy, accuracies }));
