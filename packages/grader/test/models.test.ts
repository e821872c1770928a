import { DEFAULT_LIMITS } from '@labproof/submission';
import { openTensorFlow } from '../src/evaluation/open-tensorflow.ts';
import { createOracleKernels } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { evaluateModel } from '../src/evaluation/evaluate-model.ts';
import { type ReadModel, readModel } from '../../submission/src/models/submitted-model.ts';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';
import { PIXELS, dense } from '../../submission/test/support/lab.ts';
import {
  type ModelDocument,
  editedModel,
  modelFiles,
  network,
  seeingWeights,
  text,
} from '../../submission/test/support/models.ts';
import { squares } from './support/squares.ts';

const FOLDER = 'models/net';
const SOURCE = {
  exercise: 'net',
  rivalOf: null,
  path: `${FOLDER}/model.json`,
  format: 'tfjs-layers-model',
  refused: null,
  found: [],
} as const;

async function read(content: ReadonlyMap<string, Uint8Array>): Promise<ReadModel> {
  const model = await readModel(SOURCE, filesInMemory(content), {
    limits: DEFAULT_LIMITS.model,
    openForeign: openTensorFlow,
  });
  if (model.state === 'refused') throw new Error(`${model.refusal.code}: ${model.refusal.message}`);
  return model;
}

async function refusal(content: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const model = await readModel(SOURCE, filesInMemory(content), {
    limits: DEFAULT_LIMITS.model,
    openForeign: openTensorFlow,
  });
  if (model.state === 'read') return 'read';
  expect(model.refusal.message).toMatch(/\S/u);
  expect(model.refusal.fix).toMatch(/\S/u);
  return model.refusal.code;
}

const edited = (edit: (document: ModelDocument) => void): Map<string, Uint8Array> =>
  editedModel(FOLDER, edit);

describe('reading a TF.js LayersModel', () => {
  it('gives layers, weights and digest of what was written', async () => {
    const model = await read(new Map(modelFiles(FOLDER, network('relu'), seeingWeights())));
    expect(model.plan.parameters).toBe(PIXELS * 8 + 8 + 8 * 3 + 3);
    expect(model.weights).toEqual(seeingWeights());
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/u);
    expect(model.nonFinite).toBe(0);
  });

  it('reads the topology that TF.js itself writes, with an InputLayer, a list of layers and "./" paths', async () => {
    const same = await read(new Map(modelFiles(FOLDER, network('linear'), seeingWeights())));
    const model = await read(
      edited((document) => {
        const [first, second] = document.modelTopology.model_config.config.layers;
        const { batch_input_shape: shape, ...config } = first?.config ?? {};
        document.modelTopology = {
          class_name: 'Sequential',
          config: [
            {
              class_name: 'InputLayer',
              config: { batch_input_shape: shape, dtype: 'float32', sparse: false, name: 'in' },
            },
            {
              class_name: 'Dense',
              config: {
                ...config,
                dtype: 'float32',
                trainable: false,
                kernel_initializer: {
                  class_name: 'VarianceScaling',
                  config: { scale: 1, mode: 'fan_avg', distribution: 'normal', seed: null },
                },
              },
            },
            second,
          ],
          keras_version: 'tfjs-layers 4.22.0',
          backend: 'tensor_flow.js',
        } as unknown as ModelDocument['modelTopology'];
        for (const group of document.weightsManifest)
          group.paths = group.paths.map((path) => `./${path}`);
      }),
    );
    expect(model.digest).toBe(same.digest);
  });

  it('puts weights into layer order by name, and trusts the order where names say nothing', async () => {
    const original = await read(new Map(modelFiles(FOLDER, network('linear'), seeingWeights())));
    const swapped = edited((document) => {
      const [group] = document.weightsManifest;
      if (group === undefined) throw new Error('no weights');
      const [kernel, bias, ...others] = group.weights;
      if (kernel === undefined || bias === undefined) throw new Error('no weights');
      group.weights = [bias, kernel, ...others];
    });
    const [kernel = new Float32Array(), bias = new Float32Array()] = seeingWeights();
    const bytes = swapped.get(`${FOLDER}/weights.bin`) ?? new Uint8Array();
    const rest = bytes.slice((kernel.length + bias.length) * 4);
    swapped.set(
      `${FOLDER}/weights.bin`,
      Uint8Array.from([...new Uint8Array(bias.buffer), ...new Uint8Array(kernel.buffer), ...rest]),
    );
    expect((await read(swapped)).digest).toBe(original.digest);
    const renamed = edited(({ weightsManifest }) => {
      for (const weight of weightsManifest[0]?.weights ?? [])
        weight.name = `other/${weight.name}_x`;
    });
    expect((await read(renamed)).digest).toBe(original.digest);
  });

  it('joins shards and accepts a lone renamed one', async () => {
    const files = edited(({ weightsManifest: [group] }) => {
      if (group !== undefined) group.paths = ['a.bin', 'b.bin'];
    });
    const whole = files.get(`${FOLDER}/weights.bin`) ?? new Uint8Array();
    files.delete(`${FOLDER}/weights.bin`);
    files.set(`${FOLDER}/a.bin`, whole.slice(0, 101)).set(`${FOLDER}/b.bin`, whole.slice(101));
    const original = await read(new Map(modelFiles(FOLDER, network('linear'), seeingWeights())));
    expect((await read(files)).digest).toBe(original.digest);

    const renamed = new Map(modelFiles(FOLDER, network('linear'), seeingWeights()));
    renamed.delete(`${FOLDER}/weights.bin`);
    const model = await read(renamed.set(`${FOLDER}/weights (1).bin`, whole));
    expect(model.digest).toBe(original.digest);
    expect(model.notes).toEqual(['models/net/weights (1).bin was taken for "weights.bin"']);
  });
});

const group = (document: ModelDocument): ModelDocument['weightsManifest'][number] => {
  const [first] = document.weightsManifest;
  if (first === undefined) throw new Error('no weights');
  return first;
};

const firstLayer = (
  document: ModelDocument,
): { class_name: string; config: Record<string, unknown>; registered_name?: string } => {
  const [first] = document.modelTopology.model_config.config.layers;
  if (first === undefined) throw new Error('no layers');
  return first;
};

describe('refusals', () => {
  const cases: [string, string, (document: ModelDocument) => void][] = [
    [
      'a missing shard',
      'weights-missing',
      (document) => group(document).paths.push('group1-shard2of2.bin'),
    ],
    [
      'a path to the parent folder',
      'weights-path',
      (document) => (group(document).paths = ['../x.bin']),
    ],
    ['an absolute path', 'weights-path', (document) => (group(document).paths = ['/etc/passwd'])],
    [
      'a Windows path',
      'weights-path',
      (document) => (group(document).paths = [String.raw`C:\x.bin`]),
    ],
    ['a URL', 'weights-path', (document) => (group(document).paths = ['http://example.org/x.bin'])],
    ['the folder itself', 'weights-path', (document) => (group(document).paths = ['..'])],
    [
      'another shape than the bytes',
      'weights-byte-count',
      (document) => (group(document).weights = group(document).weights.slice(1)),
    ],
    [
      'a shape beyond all bounds',
      'model-too-large',
      (document) =>
        group(document).weights.push({ name: 'x', shape: [1e6, 1e6], dtype: 'float32' }),
    ],
    [
      'layers beyond all bounds',
      'model-too-large',
      (document) => (firstLayer(document).config['units'] = 900_000_000),
    ],
    [
      'another type',
      'weights-dtype',
      (document) => {
        for (const weight of group(document).weights) weight.dtype = 'float16';
      },
    ],
    [
      'quantised weights',
      'weights-quantized',
      (document) => {
        for (const weight of group(document).weights)
          weight.quantization = { dtype: 'uint8', scale: 1, min: 0 };
      },
    ],
    [
      'weights of another network',
      'weights-do-not-fit',
      (document) => (firstLayer(document).config['units'] = 9),
    ],
    ['a graph model', 'model-format', (document) => (document.format = 'graph-model')],
    [
      'a functional model without a graph',
      'model-graph',
      (document) => (document.modelTopology.model_config.class_name = 'Functional'),
    ],
    [
      'a Lambda layer',
      'model-holds-code',
      (document) => (firstLayer(document).class_name = 'Lambda'),
    ],
    [
      'a registered class',
      'model-holds-code',
      (document) => (firstLayer(document).registered_name = 'custom>Evil'),
    ],
    [
      'an unknown layer',
      'model-unsupported-layer',
      (document) => (firstLayer(document).class_name = 'Teleport'),
    ],
    [
      'an unknown option',
      'model-unsupported-option',
      (document) => (firstLayer(document).config['activation'] = 'teleport'),
    ],
    [
      'a float16 layer',
      'model-dtype',
      (document) => (firstLayer(document).config['dtype'] = 'float16'),
    ],
    [
      'a model that was never built',
      'model-no-input-shape',
      (document) => delete firstLayer(document).config['batch_input_shape'],
    ],
    [
      'no layers',
      'model-layer-count',
      (document) => (document.modelTopology.model_config.config.layers = []),
    ],
  ];
  it.each(cases)('%s: %s', async (_, code, edit) => {
    expect(await refusal(edited(edit))).toBe(code);
  });

  it('refuses JSON that is cut off, reaches into objects, or is nested without end', async () => {
    const files = new Map(modelFiles(FOLDER, network('linear'), seeingWeights()));
    const path = `${FOLDER}/model.json`;
    const json = files.get(path) ?? new Uint8Array();
    expect(await refusal(new Map(files).set(path, json.slice(0, 300)))).toBe('json-malformed');
    expect(await refusal(new Map(files).set(path, new Uint8Array([0xff, 0xfe, 0x00])))).toBe(
      'json-malformed',
    );
    expect(await refusal(new Map(files).set(path, text('{"__proto__": {"polluted": true}}')))).toBe(
      'json-unsafe-key',
    );
    expect(
      await refusal(new Map(files).set(path, text(`${'['.repeat(5000)}${']'.repeat(5000)}`))),
    ).toBe('json-too-deep');
    expect(await refusal(new Map(files).set(path, text('[]')))).toBe('model-format');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('does not read weights from outside of the folder', async () => {
    const files = edited((document) => (group(document).paths = ['weights.bin']));
    const bytes = files.get(`${FOLDER}/weights.bin`) ?? new Uint8Array();
    files.delete(`${FOLDER}/weights.bin`);
    expect(await refusal(files.set('models/weights.bin', bytes))).toBe('weights-missing');
  });
});

const evaluated = (model: ReadModel): ReturnType<typeof evaluateModel> =>
  evaluateModel({
    model,
    dataset: squares,
    scale: '1/255',
    loss: 'categorical_crossentropy',
    kernels: createOracleKernels(),
  });

describe('evaluateModel', () => {
  it('counts what the model gets right and wrong', async () => {
    const model = await read(new Map(modelFiles(FOLDER, network('linear'), seeingWeights())));
    const { evaluation } = evaluated(model);
    expect(evaluation?.accuracy).toBe(0.9);
    expect(evaluation?.misclassified).toBe(30);
    expect(evaluation?.confusion).toEqual([
      [90, 0, 10],
      [10, 90, 0],
      [0, 10, 90],
    ]);
    expect(evaluation?.examples).toHaveLength(30);
    expect(evaluation?.examples.every(({ index }) => index < 30)).toBe(true);
  });

  it.each([
    [
      'model-not-finite',
      network('linear'),
      seeingWeights().map((array, index) => (index === 1 ? array.fill(Number.NaN) : array)),
    ],
    [
      'model-overflows',
      network('linear'),
      seeingWeights().map((array, index) =>
        index % 2 === 0 ? array.map((value) => value * 1e30) : array,
      ),
    ],
    [
      'model-output-size',
      {
        name: 'net',
        layers: [dense(3, 'softmax', { batch_input_shape: [null, PIXELS] }), dense(5, 'softmax')],
      },
      [new Float32Array(48), new Float32Array(3), new Float32Array(15), new Float32Array(5)],
    ],
    [
      'model-input-size',
      { name: 'net', layers: [dense(3, 'softmax', { batch_input_shape: [null, 15] })] },
      [new Float32Array(45), new Float32Array(3)],
    ],
  ])('says why it is impossible: %s', async (code, model, weights) => {
    const { evaluation, impossible } = evaluated(
      await read(new Map(modelFiles(FOLDER, model, weights))),
    );
    expect(evaluation).toBeNull();
    expect(impossible?.code).toBe(code);
  });
});
