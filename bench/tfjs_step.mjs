// TensorFlow.js's side of step.mjs; the backend, `wasm` or `cpu`, is the only argument. It uses the core operations
// with automatic gradients, without the layers API on top, whose bookkeeping would cost more.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { serve } from './side.mjs';
import { batchIndices } from './workloads.mjs';

const [, , backend] = process.argv;

await serve(async ({ data, weights, inputs, hidden, outputs, examples, recipe }) => {
  if (backend === 'wasm') {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${path.dirname(main)}/`);
    setThreadsCount(1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TF.js has no backend ${backend} here`);
  const pixels = readFileSync(path.join(data, 'train-images-idx3-ubyte')).subarray(16);
  const labels = readFileSync(path.join(data, 'train-labels-idx1-ubyte')).subarray(8);
  const images = tf.tensor2d(
    Float32Array.from(pixels.subarray(0, examples * inputs), (byte) => byte / 255),
    [examples, inputs],
  );
  const [kernel1, bias1, kernel2, bias2] = readWeights(weights, [
    [inputs, hidden],
    [hidden],
    [hidden, outputs],
    [outputs],
  ]);
  const optimizer = createOptimizer(recipe.optimizer);
  return {
    versions: `TF.js ${tf.version.tfjs}`,
    step(index) {
      const indices = batchIndices(index, recipe.batchSize, examples);
      return tf.tidy(() => {
        const x = tf.gather(images, tf.tensor1d(indices, 'int32'));
        const y = tf.oneHot(
          tf.tensor1d(
            Int32Array.from(indices, (example) => labels[example]),
            'int32',
          ),
          outputs,
        );
        const loss = optimizer.minimize(() => {
          const activated = tf.relu(tf.add(tf.matMul(x, kernel1), bias1));
          const logits = tf.add(tf.matMul(activated, kernel2), bias2);
          return tf.losses.softmaxCrossEntropy(y, logits);
        }, true);
        return loss.dataSync()[0];
      });
    },
  };
});

function createOptimizer(options) {
  const { learning_rate: rate } = options;
  if (options.class_name === 'Adam') {
    return tf.train.adam(rate, options.beta_1, options.beta_2, options.epsilon);
  }
  // TF.js adds epsilon inside the square root, Keras 2 outside of it; at a vanishing gradient these are equal.
  return tf.train.rmsprop(rate, options.rho, 0, options.epsilon ** 2);
}

function readWeights(file, shapes) {
  const bytes = readFileSync(file);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let offset = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    offset += size;
    return tf.variable(tf.tensor(values.slice(offset - size, offset), shape));
  });
}
