import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  evaluate,
  planModel,
  runTrial,
  writeLayersModel,
} from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset(96, 300);

/** Loads the two files as `tf.loadLayersModel` does from a web server, but from memory. */
async function loadInTensorFlow(
  files: ReturnType<typeof writeLayersModel>,
): Promise<tf.LayersModel> {
  const document: {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  } = JSON.parse(files['model.json']);
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: document.modelTopology,
      weightSpecs: document.weightsManifest.flatMap((group) => group.weights),
      weightData: files['weights.bin'].slice().buffer,
    }),
  );
}

describe('writeLayersModel', () => {
  it('is loaded by TensorFlow.js, which finds the same loss, accuracy and classes', async () => {
    await tf.setBackend('cpu');
    const recipe = syntheticRecipe();
    const kernels = createOracleKernels();
    const { weights, result } = await runTrial({
      kernels,
      plan: planTraining(recipe, dataset),
      dataset,
      seed: 2,
      now: () => 0,
    });
    const own = evaluate({
      kernels,
      plan: planModel(recipe.model),
      weights,
      split: dataset.test,
      inputScale: recipe.inputScale,
      loss: recipe.loss,
    });
    expect(result.test).toMatchObject({ loss: own.loss, accuracy: own.accuracy });

    const model = await loadInTensorFlow(writeLayersModel(recipe.model, weights));
    model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const inputs = tf.tensor2d(
      Float32Array.from(dataset.test.images, (byte) => byte / 255),
      [dataset.test.count, 16],
    );
    const labels = tf.oneHot(tf.tensor1d(dataset.test.labels, 'int32'), 3);
    const scores = model.evaluate(inputs, labels, { batchSize: 64 });
    const [loss, accuracy] = Array.isArray(scores) ? scores : [scores];
    const output = model.predict(inputs);
    const predicted = (Array.isArray(output) ? output[0] : output)?.argMax(1).dataSync();
    expect(accuracy?.dataSync()[0]).toBeCloseTo(own.accuracy, 6);
    expect(loss?.dataSync()[0]).toBeCloseTo(own.loss, 4);
    expect([...(predicted ?? [])]).toEqual([...own.predicted]);
  });
});
