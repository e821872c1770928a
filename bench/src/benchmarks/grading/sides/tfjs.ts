// TensorFlow.js's bare evaluation of submitted models, on its wasm backend.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadDataset } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { LAB } from '../lab.ts';
import { serveEvaluations } from '../evaluator.ts';

/** What a `model.json` of TF.js holds; the models are our own, so that is not checked. */
interface ModelDocument {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: tf.io.WeightsManifestEntry[] }[];
}

await serveEvaluations(async ({ folder, exercise }) => {
  const { recipe } = findExercise(new Labs().find(LAB), exercise);
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(main)}/`);
  await tf.setBackend('wasm');
  const { test } = await loadDataset('mnist');
  const pixels = Float32Array.from(test.images, (byte) => byte / 255);
  const images = tf.tensor(pixels, [test.count, ...recipe.inputShape]);
  const labels = tf.tensor1d(Int32Array.from(test.labels), 'int32');
  return {
    versions: `TF.js ${tf.version.tfjs}`,
    evaluate: (student) =>
      Promise.resolve(async () => {
        const model = join(folder, student, 'models', exercise);
        const document = JSON.parse(
          readFileSync(join(model, 'model.json'), 'utf8'),
        ) as ModelDocument;
        const weightData = new Uint8Array(readFileSync(join(model, 'weights.bin'))).buffer;
        const network = await tf.loadLayersModel({
          load: () =>
            Promise.resolve({
              modelTopology: document.modelTopology,
              weightSpecs: document.weightsManifest.flatMap((group) => group.weights),
              weightData,
            }),
        });
        const right = tf.tidy(() => {
          const output = network.predict(images, { batchSize: 128 }) as tf.Tensor;
          return output.argMax(1).equal(labels).sum().dataSync()[0] ?? Number.NaN;
        });
        network.dispose();
        return right / test.count;
      }),
  };
});
