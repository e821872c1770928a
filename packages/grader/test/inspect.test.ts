import { type Dataset, type Kernels, loadDataset, openKernels } from '@labproof/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type InspectionTest,
  type ModelInspection,
  ModelInspectionSchema,
  inspectModel,
} from '../src/inspection/inspect-model.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { kerasFile } from '../../submission/test/models/keras-reader.ts';
import { smallConfig, writeLegacyH5 } from '../../submission/test/models/keras-writer.ts';
import { modelFiles, network, seeingWeights } from '../../submission/test/support/models.ts';

async function inspect(
  bytes: Uint8Array,
  path: string,
  test: InspectionTest | null = null,
): Promise<ModelInspection> {
  const inspection = await inspectModel(path, filesInMemory(new Map([[path, bytes]])), test);
  // What is printed as JSON must read back as what the contract says.
  return ModelInspectionSchema.parse(JSON.parse(JSON.stringify(inspection)));
}

describe('inspecting a model', () => {
  let mnist: Dataset;
  let kernels: Kernels;

  beforeAll(async () => {
    mnist = await loadDataset('mnist');
    kernels = await openKernels('wasm');
  });

  it('says what is in it and what it does', async () => {
    const inspection = await inspect(kerasFile('keras-2.15.0/perceptron.h5'), 'net.h5', {
      dataset: mnist,
      scale: '1/255',
      kernels,
    });
    expect(inspection).toMatchObject({
      kind: 'model',
      format: 'keras-h5',
      kerasVersion: '2.15.0',
      layers: [
        {
          class: 'Dense',
          name: 'dense',
          config: { units: 16, activation: 'relu' },
          outputShape: [16],
          parameters: 784 * 16 + 16,
        },
        { class: 'Dense', outputShape: [10], parameters: 170 },
      ],
      parameters: 12_730,
      trainingConfig: {
        optimizer: { class_name: 'SGD', options: { learning_rate: 0.1 } },
        loss: 'categorical_crossentropy',
      },
      nonFinite: 0,
      evaluation: { dataset: 'mnist', scale: '1/255' },
      notEvaluated: null,
    });
    if ('refused' in inspection || inspection.evaluation === null) throw new Error('not evaluated');
    const { accuracy, misclassified } = inspection.evaluation;
    expect(misclassified).toBe(Math.round((1 - accuracy) * 10_000));
    expect(accuracy).toBeGreaterThan(0.8);
  });

  it('says why there is no evaluation', async () => {
    const small = await writeLegacyH5({ config: JSON.stringify(smallConfig()) });
    const inspection = await inspect(small, 'net.h5', { dataset: mnist, scale: 'raw', kernels });
    expect(inspection).toMatchObject({
      evaluation: null,
      notEvaluated: { code: 'model-input-size' },
    });
  });

  it('reads TF.js models, and files that are called anything', async () => {
    const folder = filesInMemory(
      new Map(modelFiles('models/net', network('relu'), seeingWeights())),
    );
    expect(await inspectModel('models/net/model.json', folder)).toMatchObject({
      format: 'tfjs-layers-model',
      evaluation: null,
    });
    expect(await inspect(kerasFile('keras-3.15.1/dropout.keras'), 'download')).toMatchObject({
      format: 'keras-v3',
      kerasVersion: '3.15.1',
    });
  });

  it('says what must not be read', async () => {
    expect(await inspect(kerasFile('hostile/external-link.h5'), 'net.h5')).toEqual({
      kind: 'model',
      refused: {
        code: 'hdf5-link',
        message: expect.stringContaining('net.h5 holds a link'),
        fix: expect.stringMatching(/\S/u),
      },
    });
    expect(await inspectModel('gone.h5', filesInMemory(new Map()))).toMatchObject({
      refused: { code: 'model-missing' },
    });
  });

  it('takes logits for what they are when the model says so', async () => {
    const logits = smallConfig();
    const [first, last] = logits.config.layers;
    if (first === undefined || last === undefined) throw new Error('no layers');
    last.config['activation'] = 'linear';
    const tiny: InspectionTest = {
      dataset: {
        ...mnist,
        classes: ['a', 'b', 'c'],
        imageShape: [2, 3, 1],
        test: {
          images: Uint8Array.from({ length: 12 }, (_, at) => at * 20),
          labels: Uint8Array.of(2, 0),
          count: 2,
        },
      },
      scale: '1/255',
      kernels,
    };
    const file = (fromLogits: boolean): Promise<Uint8Array> =>
      writeLegacyH5({
        config: JSON.stringify(logits),
        training: JSON.stringify({
          optimizer_config: 'sgd',
          loss: {
            class_name: 'SparseCategoricalCrossentropy',
            config: { from_logits: fromLogits },
          },
        }),
      });
    const probabilities = await inspect(await file(false), 'net.h5', tiny);
    expect(probabilities).toMatchObject({ notEvaluated: null });
    expect('notes' in probabilities ? probabilities.notes.join() : '').toContain(
      'It ends in no activation, and its sparse_categorical_crossentropy was not told',
    );
    const softmax = smallConfig();
    const same = await writeLegacyH5({
      config: JSON.stringify(softmax),
      training: JSON.stringify({
        optimizer_config: 'sgd',
        loss: 'sparse_categorical_crossentropy',
      }),
    });
    const [a, b] = [
      await inspect(await file(true), 'net.h5', tiny),
      await inspect(same, 'net.h5', tiny),
    ];
    if ('refused' in a || 'refused' in b) throw new Error('refused');
    expect(a.evaluation).not.toBeNull();
    expect(a.evaluation).toEqual(b.evaluation);
    expect(a.parameters).toBe(b.parameters);
  });
});
