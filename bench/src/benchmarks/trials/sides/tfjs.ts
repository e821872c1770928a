// TensorFlow.js's side of trials.ts and step.ts; the backend, `wasm` or `cpu`, is the only argument. It uses the core
// operations with automatic gradients, without the layers API on top, whose bookkeeping would cost more.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { LayerConfig, Optimizer } from '@labproof/core';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { z } from 'zod';
import { batchIndices } from '../exercises.ts';
import type { TrialTask } from '../inputs.ts';
import { serveTrials } from '../serve-trials.ts';

const backend = process.argv[2] === 'cpu' ? 'cpu' : 'wasm';

const LOSSES = {
  sparse_categorical_crossentropy: (y: tf.Tensor, logits: tf.Tensor): tf.Scalar =>
    tf.losses.softmaxCrossEntropy(y, logits),
  mean_squared_error: (y: tf.Tensor, output: tf.Tensor): tf.Scalar =>
    tf.losses.meanSquaredError(y, output),
};

const pair = z.tuple([z.int(), z.int()]);
const padding = z.enum(['valid', 'same']);
const DenseOptions = z.object({ activation: z.string() });
const ConvOptions = z.object({ activation: z.string(), strides: pair, padding });
const PoolOptions = z.object({ pool_size: pair, strides: pair, padding });
const DropoutOptions = z.object({ rate: z.number() });

await serveTrials(async (task) => {
  if (backend === 'wasm') {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${dirname(main)}/`);
    setThreadsCount(1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TF.js has no backend ${backend} here`);
  const { recipe, examples, tests } = task;
  const train = readPart(task.train, recipe.inputShape);
  const test = readPart(task.test, recipe.inputShape);
  const lossOf = LOSSES[recipe.loss as keyof typeof LOSSES];
  if (lossOf === undefined) throw new Error(`no loss ${recipe.loss} in this benchmark`);
  let dropout = true;
  let variables: tf.Variable[] = [];
  let optimizer = createOptimizer(recipe.optimizer);
  let tested = 0;
  const forward = (x: tf.Tensor, training: boolean): tf.Tensor => {
    const weights = variables[Symbol.iterator]();
    const next = (): tf.Variable => {
      const { value, done } = weights.next();
      if (done === true) throw new Error('fewer weights than layers');
      return value;
    };
    return recipe.model.layers.reduce<tf.Tensor>(
      (value, layer) => applyLayer(layer, value, next, training && dropout),
      x,
    );
  };
  const batch = (
    { images, labels }: Part,
    indices: Int32Array,
  ): { x: tf.Tensor; y: tf.Tensor } => ({
    x: tf.gather(images, tf.tensor1d(indices, 'int32')),
    y: tf.oneHot(
      tf.tensor1d(
        Int32Array.from(indices, (example) => labels[example] ?? 0),
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
      variables = readWeights(task);
      optimizer = createOptimizer(recipe.optimizer);
    },
    step(index) {
      const indices = batchIndices(index, recipe.batchSize, examples);
      return tf.tidy(() => {
        const { x, y } = batch(train, indices);
        const loss = optimizer.minimize(() => lossOf(y, forward(x, true)), true, variables);
        return loss?.dataSync()[0] ?? Number.NaN;
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

function applyLayer(
  { class_name: name, config }: LayerConfig,
  value: tf.Tensor,
  next: () => tf.Variable,
  dropout: boolean,
): tf.Tensor {
  switch (name) {
    case 'Dense': {
      const { activation } = DenseOptions.parse(config);
      const [kernel, bias] = [next(), next()];
      return activate(activation, tf.add(tf.matMul(value, kernel), bias));
    }
    case 'Conv2D': {
      const { activation, strides, padding } = ConvOptions.parse(config);
      const [kernel, bias] = [next() as tf.Tensor4D, next()];
      return activate(
        activation,
        tf.add(tf.conv2d(value as tf.Tensor4D, kernel, strides, padding), bias),
      );
    }
    case 'MaxPooling2D': {
      const { pool_size: size, strides, padding } = PoolOptions.parse(config);
      return tf.maxPool(value as tf.Tensor4D, size, strides, padding);
    }
    case 'Flatten':
      return tf.reshape(value, [value.shape[0] ?? 0, -1]);
    case 'Dropout':
      return dropout ? tf.dropout(value, DropoutOptions.parse(config).rate) : value;
    default:
      throw new Error(`no layer ${name} in this benchmark`);
  }
}

/** The softmax at the end is taken together with the loss. */
function activate(name: string, value: tf.Tensor): tf.Tensor {
  return name === 'relu' ? tf.relu(value) : value;
}

function createOptimizer(options: Optimizer): tf.Optimizer {
  const { learning_rate: rate } = options;
  switch (options.class_name) {
    case 'SGD':
      return tf.train.sgd(rate);
    case 'Adam':
      return tf.train.adam(rate, options.beta_1, options.beta_2, options.epsilon);
    case 'Adadelta':
      return tf.train.adadelta(rate, options.rho, options.epsilon);
    case 'RMSprop':
      // TF.js adds epsilon inside the square root, Keras 2 outside: at a vanishing gradient these are equal.
      return tf.train.rmsprop(rate, options.rho, 0, options.epsilon ** 2);
    default:
      throw new Error(`no optimiser ${options.class_name} in this benchmark`);
  }
}

interface Part {
  readonly images: tf.Tensor;
  readonly labels: Uint8Array;
}

function readPart({ images, labels }: TrialTask['train'], shape: readonly number[]): Part {
  const pixels = Float32Array.from(readFileSync(images), (byte) => byte / 255);
  const count = shape.reduce((rest, extent) => rest / extent, pixels.length);
  return { images: tf.tensor(pixels, [count, ...shape]), labels: readFileSync(labels) };
}

function readWeights({ weights, shapes }: TrialTask): tf.Variable[] {
  const bytes = readFileSync(weights);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let offset = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    offset += size;
    return tf.variable(tf.tensor(values.slice(offset - size, offset), shape));
  });
}
