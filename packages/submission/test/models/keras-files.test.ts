// Takes 40 s: every model is tried on all test images.
import { measuredLoss } from '../../../grader/src/evaluation/keras-loss.ts';
import { scaleInModel } from '../../../grader/src/evaluation/model-scale.ts';
import { openTensorFlow } from '../../../grader/src/evaluation/open-tensorflow.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import {
  type Dataset,
  evaluate,
  type Kernels,
  loadDataset,
  LossSchema,
  openKernels,
} from '@labproof/core';
import { evaluateWithTensorFlow } from '@labproof/core/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ReadModel, readModel } from '../../src/models/submitted-model.ts';
import { filesInMemory } from '../../src/files/submission-files.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';

const ROOT = fileURLToPath(new URL('../../../../fixtures/keras-files/', import.meta.url));

const ExpectedSchema = z.object({
  keras: z.string(),
  models: z.record(
    z.string(),
    z.object({
      scale: z.enum(['1/255', 'raw']),
      parameters: z.int(),
      loss: z.number(),
      accuracy: z.number(),
      predicted: z.string(),
      trainedWith: z.object({ loss: z.string(), optimizer: z.string() }),
    }),
  ),
});

const cases = readdirSync(ROOT)
  .filter((folder) => folder.startsWith('keras-'))
  .flatMap((folder) => {
    const expected = ExpectedSchema.parse(
      JSON.parse(readFileSync(`${ROOT}${folder}/expected.json`, 'utf8')),
    );
    return readdirSync(`${ROOT}${folder}`)
      .filter((name) => /\.(h5|keras)$/u.test(name))
      .map((name) => {
        const model = expected.models[name.replace(/(-hdf5)?\.[^.]*$/u, '')];
        if (model === undefined) throw new Error(`nothing is expected of ${folder}/${name}`);
        return { file: `${folder}/${name}`, keras: expected.keras, expected: model };
      });
  });

async function read(file: string): Promise<ReadModel | string> {
  const path = file.slice(file.indexOf('/') + 1);
  const model = await readModel(
    {
      exercise: 'any',
      rivalOf: null,
      path,
      format: path.endsWith('.h5') ? 'keras-h5' : 'keras-v3',
      refused: null,
      found: [],
    },
    filesInMemory(new Map([[path, new Uint8Array(readFileSync(ROOT + file))]])),
    { limits: MODEL_LIMITS, openForeign: openTensorFlow },
  );
  return model.state === 'read' ? model : `${model.refusal.code}: ${model.refusal.message}`;
}

describe('files that Keras itself wrote', () => {
  let mnist: Dataset;
  let kernels: Kernels;

  beforeAll(async () => {
    mnist = await loadDataset('mnist');
    kernels = await openKernels('auto');
  });

  it.each(cases)(
    '$file: every test image gets the class that Keras gave it',
    async ({ file, keras, expected }) => {
      const model = await read(file);
      if (typeof model === 'string') throw new Error(model);
      expect(model.kerasVersion).toBe(keras);
      expect(model.plan.parameters).toBe(expected.parameters);
      expect(scaleInModel(model) ?? '1/255').toBe(expected.scale);
      const { plan, loss, reading } = measuredLoss(
        model,
        LossSchema.parse(expected.trainedWith.loss),
      );
      const work = {
        plan,
        weights: [...model.weights],
        split: mnist.test,
        inputScale: expected.scale,
        loss,
        reading,
      };
      const { tensorFlow } = model;
      expect(tensorFlow !== null).toBe(/unusual|sequence/u.test(file));
      const result =
        tensorFlow === null
          ? evaluate({ kernels, ...work })
          : evaluateWithTensorFlow(tensorFlow.tf, work);
      expect(result.predicted.join('')).toBe(
        inflateSync(Buffer.from(expected.predicted, 'base64')).toString(),
      );
      expect(result.accuracy).toBeCloseTo(expected.accuracy, 10);
      // Keras 2.2 clips probabilities at 1e-7 before it takes the logarithm, so a sure mistake costs it less.
      const clips = keras.startsWith('2.2');
      // Where values near 0 are taken for probabilities, their logarithms enlarge what rounding does to them.
      const enlarges = /linear-(?:binary|categorical|sparse)\./u.test(file);
      const rounding = Math.max(enlarges ? 2e-5 : 5e-6, 1e-6 * expected.loss);
      expect(result.loss).toBeGreaterThan(expected.loss - rounding);
      expect(result.loss).toBeLessThan(expected.loss + (clips ? 2e-3 : rounding));
      expect(model.trainingConfig?.loss).toBe(expected.trainedWith.loss);
      expect(model.trainingConfig?.optimizer?.class_name).toBe(expected.trainedWith.optimizer);
    },
  );
});
