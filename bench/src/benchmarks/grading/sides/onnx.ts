// onnxruntime's bare evaluation of submitted models; the arguments are the number of threads, and a folder that has
// onnxruntime-node in its node_modules. Writing a model as ONNX is not timed; opening and running it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { loadDataset, planModel } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import { LAB } from '../lab.ts';
import { serveEvaluations } from '../evaluator.ts';
import { onnxModel } from './onnx-model.ts';

/** The parts of onnxruntime-node that are used; the package is not among ours. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
  readonly env?: { readonly versions?: { readonly node?: string } };
}
interface OnnxSession {
  run(feeds: Record<string, object>): Promise<Record<string, { readonly data: Float32Array }>>;
  release(): Promise<void>;
}

const [, , threads = '1', installed = ''] = process.argv;
/** Examples that one call evaluates. */
const ROWS = 100;

await serveEvaluations(async ({ folder, exercise }) => {
  const runtime = createRequire(resolve(installed, 'package.json'))(
    'onnxruntime-node',
  ) as OnnxRuntime;
  const { recipe } = findExercise(new Labs().find(LAB), exercise);
  const { inputShape, layers } = planModel(recipe.model);
  const { test } = await loadDataset('mnist');
  const images = Float32Array.from(test.images, (byte) => byte / 255);
  const size = images.length / test.count;
  // MNIST has one channel, so its images are the same with channels first.
  const shape = inputShape.length === 1 ? [ROWS, size] : [ROWS, 1, ...inputShape.slice(0, 2)];
  return {
    versions: `onnxruntime-node ${runtime.env?.versions?.node ?? ''}`.trim(),
    evaluate: (student) => {
      const stored = readFileSync(join(folder, student, 'models', exercise, 'weights.bin'));
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
      return Promise.resolve(async () => {
        const session = await runtime.InferenceSession.create(model.bytes, {
          intraOpNumThreads: Number(threads),
          interOpNumThreads: 1,
          executionProviders: ['cpu'],
        });
        let right = 0;
        for (let row = 0; row < test.count; row += ROWS) {
          const pixels = images.subarray(row * size, (row + ROWS) * size);
          const batch = new runtime.Tensor('float32', pixels, shape);
          const { data = new Float32Array() } =
            (await session.run({ x: batch }))[model.output] ?? {};
          const labels = test.labels.subarray(row, row + ROWS);
          right += rightOnes(data, labels);
        }
        await session.release();
        return right / test.count;
      });
    },
  };
});

/** How many rows of outputs are largest at their label. */
function rightOnes(outputs: Float32Array, labels: Uint8Array): number {
  const classes = outputs.length / labels.length;
  let right = 0;
  for (const [row, label] of labels.entries()) {
    let best = 0;
    for (let index = 1; index < classes; index += 1) {
      if ((outputs[row * classes + index] ?? 0) > (outputs[row * classes + best] ?? 0))
        best = index;
    }
    if (best === label) right += 1;
  }
  return right;
}
