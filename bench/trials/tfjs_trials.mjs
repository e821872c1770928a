// TensorFlow.js's side of trials.mjs; the backend, `wasm` or `cpu`, is the only argument. It uses the core operations
// with automatic gradients, without the layers API on top, whose bookkeeping would cost more.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { batchIndices } from './exercises.mjs';
import { serve } from './serve.mjs';

const [, , backend] = process.argv;

const LOSSES = {
  sparse_categorical_crossentropy: (y, logits) => tf.losses.softmaxCrossEntropy(y, logits),
  mean_squared_error: (y, output) => tf.losses.meanSquaredError(y, output),
};

await serve(async (task) => {
  if (backend === 'wasm') {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${path.dirname(main)}/`);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TF.js has no backend ${backend} here`);
  const { recipe, examples, tests } = task;
  const train = readPart(task.train, recipe.inputShape);
  const test = readPart(task.test, recipe.inputShape);
  const lossOf = LOSSES[recipe.loss];
  let dropout = true;
  let variables = [];
  let optimizer;
  let tested = 0;
  const forward = (x, training) => {
    let next = 0;
    let value = x;
    for (const { class_name: name, config } of recipe.model.layers) {
      const [kernel, bias] = [variables[next], variables[next + 1]];
      if (name === 'Dense' || name === 'Conv2D') next += 2;
      switch (name) {
        case 'Dense':
          value = activate(config.activation, tf.add(tf.matMul(value, kernel), bias));
          break;
        case 'Conv2D':
          value = tf.add(tf.conv2d(value, kernel, config.strides, config.padding), bias);
          value = activate(config.activation, value);
          break;
        case 'MaxPooling2D':
          value = tf.maxPool(value, config.pool_size, config.strides, config.padding);
          break;
        case 'Flatten':
          value = tf.reshape(value, [value.shape[0], -1]);
          break;
        case 'Dropout':
          if (training && dropout) value = tf.dropout(value, config.rate);
          break;
        default:
          throw new Error(`no layer ${name} in this benchmark`);
      }
    }
    return value;
  };
  const batch = ({ images, labels }, indices) => ({
    x: tf.gather(images, tf.tensor1d(indices, 'int32')),
    y: tf.oneHot(
      tf.tensor1d(
        Int32Array.from(indices, (example) => labels[example]),
        'int32',
      ),
      task.classes.length,
    ),
  });
  return {
    versions: `TF.js ${tf.version.tfjs}`,
    reset(options) {
      dropout = options.dropout;
      tf.dispose(variables);
      variables = readWeights(task.weights, task.shapes);
      optimizer = createOptimizer(recipe.optimizer);
    },
    step(index) {
      const indices = batchIndices(index, recipe.batchSize, examples);
      return tf.tidy(() => {
        const { x, y } = batch(train, indices);
        const loss = optimizer.minimize(() => lossOf(y, forward(x, true)), true, variables);
        return loss.dataSync()[0];
      });
    },
    evaluate(rows) {
      const count = Math.min(rows, tests);
      const indices = Int32Array.from({ length: count }, (_, row) => (tested + row) % tests);
      tested += count;
      tf.tidy(() => {
        const { x, y } = batch(test, indices);
        const output = forward(x, false);
        lossOf(y, output).dataSync();
        tf.sum(tf.equal(tf.argMax(output, 1), tf.argMax(y, 1))).dataSync();
      });
      return count;
    },
  };
});

/** The softmax at the end is taken together with the loss. */
function activate(name, value) {
  return name === 'relu' ? tf.relu(value) : value;
}

function createOptimizer(options) {
  const { learning_rate: rate, epsilon } = options;
  switch (options.class_name) {
    case 'SGD':
      return tf.train.sgd(rate);
    case 'Adam':
      return tf.train.adam(rate, options.beta_1, options.beta_2, epsilon);
    case 'Adadelta':
      return tf.train.adadelta(rate, options.rho, epsilon);
    default:
      // TF.js adds epsilon inside the square root, Keras 2 outside: at a vanishing gradient these are equal.
      return tf.train.rmsprop(rate, options.rho, 0, epsilon ** 2);
  }
}

function readPart({ images, labels }, shape) {
  const pixels = Float32Array.from(readFileSync(images), (byte) => byte / 255);
  return {
    images: tf.tensor(pixels, [shape.reduce((n, e) => n / e, pixels.length), ...shape]),
    labels: readFileSync(labels),
  };
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
