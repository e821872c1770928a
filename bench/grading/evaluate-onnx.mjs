// onnxruntime's bare evaluation of the same models: evaluate-onnx.mjs CLASS COUNT EXERCISE FOLDER THREADS, where FOLDER
// has onnxruntime-node in its node_modules. Writing the model as ONNX is not timed; opening and running it is.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadDataset, planModel } from '@labproof/core';
import { benchLab } from './lab.mjs';
import { onnxModel } from './onnx-model.mjs';

const [, , folder, count, exercise, installed, threads] = process.argv;
const { InferenceSession, Tensor } = createRequire(path.resolve(installed, 'package.json'))(
  'onnxruntime-node',
);
const ROWS = 100;
const { recipe } = benchLab().exercises.find(({ id }) => id === exercise);
const { inputShape, layers } = planModel(recipe.model);
const { test } = await loadDataset('mnist');
const images = Float32Array.from(test.images, (byte) => byte / 255);
const size = images.length / test.count;
// MNIST has one channel, so its images are the same with channels first.
const shape = inputShape.length === 1 ? [ROWS, size] : [ROWS, 1, ...inputShape.slice(0, 2)];
const accuracies = [];
const seconds = [];
const busy = [];
for (const student of readdirSync(folder).toSorted().slice(0, Number(count))) {
  const stored = readFileSync(path.join(folder, student, 'models', exercise, 'weights.bin'));
  const all = new Float32Array(new Uint8Array(stored).buffer);
  let start = 0;
  const weights = layers
    .flatMap((layer) => layer.weights)
    .map((weight) => {
      const length = weight.shape.reduce((product, extent) => product * extent, 1);
      start += length;
      return all.subarray(start - length, start);
    });
  const model = onnxModel(recipe.model, weights, ROWS);
  const began = performance.now();
  const before = process.cpuUsage();
  const session = await InferenceSession.create(model.bytes, {
    intraOpNumThreads: Number(threads),
    interOpNumThreads: 1,
    executionProviders: ['cpu'],
  });
  let right = 0;
  for (let row = 0; row < test.count; row += ROWS) {
    const batch = new Tensor('float32', images.subarray(row * size, (row + ROWS) * size), shape);
    const outputs = await session.run({ x: batch });
    const { data } = outputs[model.output];
    const classes = data.length / ROWS;
    for (let at = 0; at < ROWS; at += 1) {
      let best = 0;
      for (let index = 1; index < classes; index += 1)
        if (data[at * classes + index] > data[at * classes + best]) best = index;
      if (best === test.labels[row + at]) right += 1;
    }
  }
  await session.release();
  seconds.push((performance.now() - began) / 1000);
  const used = process.cpuUsage(before);
  busy.push((used.user + used.system) / 1e6);
  accuracies.push(right / test.count);
}
console.log(JSON.stringify({ seconds, busy, accuracies }));
