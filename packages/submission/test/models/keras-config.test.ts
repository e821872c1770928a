import { describe, expect, it } from 'vitest';
import { readModelConfig } from '../../src/models/keras/model-config.ts';
import { outcome, readBytes } from './keras-reader.ts';
import { type SmallConfig, smallConfig, writeLegacyH5 } from './keras-writer.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';

const withConfig = (edit: (config: SmallConfig) => void): Promise<Uint8Array> => {
  const config = smallConfig();
  edit(config);
  return writeLegacyH5({ config: JSON.stringify(config) });
};

const layer = (config: SmallConfig, index: number): SmallConfig['config']['layers'][number] => {
  const found = config.config.layers[index];
  if (found === undefined) throw new Error(`no layer ${index}`);
  return found;
};

const lstm = (options: Record<string, unknown>): SmallConfig['config']['layers'][number] => ({
  class_name: 'LSTM',
  config: { name: 'hidden', units: 4, batch_input_shape: [null, 6], ...options },
});

describe('configurations that are refused', () => {
  const cases: [string, string, (config: SmallConfig) => void][] = [
    ['a Lambda', 'model-holds-code', (config) => (layer(config, 0).class_name = 'Lambda')],
    ['a TFSMLayer', 'model-holds-code', (config) => (layer(config, 1).class_name = 'TFSMLayer')],
    [
      'a TorchModuleWrapper',
      'model-holds-code',
      (config) => (layer(config, 0).class_name = 'TorchModuleWrapper'),
    ],
    [
      'a registered class of their own',
      'model-holds-code',
      (config) => (layer(config, 0)['registered_name'] = 'course>Dense'),
    ],
    [
      'a class registered under an old name',
      'model-holds-code',
      (config) => (layer(config, 0).class_name = 'Custom>Dense'),
    ],
    [
      'a class of their own module',
      'model-holds-code',
      (config) => (layer(config, 0)['module'] = 'homework'),
    ],
    [
      'a module that only begins like Keras',
      'model-holds-code',
      (config) => (layer(config, 0)['module'] = 'keras_evil'),
    ],
    [
      'an activation that is a program',
      'model-holds-code',
      (config) =>
        (layer(config, 0).config['activation'] = { class_name: 'function', config: ['4wEA'] }),
    ],
    [
      'a class nobody knows',
      'model-unsupported-layer',
      (config) => (layer(config, 0).class_name = 'Teleport'),
    ],
    [
      'a GRU, which nothing here evaluates',
      'model-unsupported-layer',
      (config) => (layer(config, 0).class_name = 'GRU'),
    ],
    [
      'an LSTM on vectors',
      'model-unsupported-option',
      (config) => Object.assign(layer(config, 0), lstm({})),
    ],
    [
      'an LSTM that keeps its state',
      'model-unsupported-option',
      (config) => Object.assign(layer(config, 0), lstm({ stateful: true })),
    ],
    [
      'an LSTM of a million steps',
      'model-unsupported-option',
      (config) => {
        config.config.layers.unshift({
          class_name: 'RepeatVector',
          config: { name: 'repeat', n: 1e6, batch_input_shape: [null, 6] },
        });
        Object.assign(layer(config, 1), lstm({}));
      },
    ],
    [
      'what TensorFlow.js lacks beside what only it has',
      'model-unsupported-layer',
      (config) => {
        layer(config, 0).config['activation'] = 'exponential';
        config.config.layers.splice(1, 0, { class_name: 'PReLU', config: { name: 'bent' } });
      },
    ],
    [
      'an option nobody knows',
      'model-unsupported-option',
      (config) => (layer(config, 0).config['warp'] = 9),
    ],
    [
      'an activation nobody knows',
      'model-unsupported-option',
      (config) => (layer(config, 0).config['activation'] = 'wiggle'),
    ],
    ['float64', 'model-dtype', (config) => (layer(config, 0).config['dtype'] = 'float64')],
    [
      'a quantised policy',
      'model-quantized',
      (config) =>
        (layer(config, 0).config['dtype'] = {
          module: 'keras',
          class_name: 'QuantizedDTypePolicy',
          config: { mode: 'int8', source_name: 'float32' },
        }),
    ],
    [
      'a quantised policy by name',
      'model-quantized',
      (config) => (layer(config, 0).config['dtype'] = 'int8_from_float32'),
    ],
    [
      'a low-rank update',
      'model-quantized',
      (config) => (layer(config, 0).config['lora_rank'] = 4),
    ],
    [
      'the options of Keras 1',
      'keras-1',
      (config) => {
        delete layer(config, 0).config['units'];
        layer(config, 0).config['output_dim'] = 4;
      },
    ],
    [
      'no input shape',
      'model-no-input-shape',
      (config) => delete layer(config, 0).config['batch_input_shape'],
    ],
    [
      'an input of any size',
      'model-no-input-shape',
      (config) => (layer(config, 0).config['batch_input_shape'] = [null, null]),
    ],
    ['no layers', 'model-layer-count', (config) => (config.config.layers = [])],
    [
      'too many layers',
      'model-layer-count',
      (config) => (config.config.layers = Array.from({ length: 201 }, () => layer(config, 1))),
    ],
    [
      'layers that are none',
      'model-topology',
      (config) => Object.assign(config.config, { layers: [1, 2] }),
    ],
    [
      'a class of model of their own',
      'model-not-sequential',
      (config) => (config.class_name = 'MyModel'),
    ],
    [
      'a graph without a description',
      'model-graph',
      (config) => (config.class_name = 'Functional'),
    ],
    [
      'a hundred models in each other',
      'json-too-deep',
      (config) => {
        for (let depth = 0; depth < 100; depth += 1) {
          const inner = config.config;
          config.config = { name: 'outer', layers: [{ class_name: 'Sequential', config: inner }] };
        }
      },
    ],
  ];
  it.each(cases)('%s', async (_, code, edit) => {
    expect(await outcome(await withConfig(edit))).toMatch(new RegExp(`^${code}: `, 'u'));
  });

  it('keys that reach into JavaScript', async () => {
    const text = JSON.stringify(smallConfig());
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const config = text.replace('"use_bias"', `"${key}": {"units": 1}, "use_bias"`);
      expect(await outcome(await writeLegacyH5({ config }))).toMatch(/^json-unsafe-key: /u);
    }
  });

  it('a version before Keras 2', async () => {
    const bytes = await writeLegacyH5({
      config: JSON.stringify(smallConfig()),
      kerasVersion: '1.2.2',
    });
    expect(await outcome(bytes)).toMatch(/^keras-1: .*Keras 2 or later/u);
  });

  it('weights alone, and a configuration that breaks off', async () => {
    expect(await outcome(await writeLegacyH5({ config: null }))).toMatch(/^model-weights-only: /u);
    const config = JSON.stringify(smallConfig()).slice(0, -40);
    expect(await outcome(await writeLegacyH5({ config }))).toMatch(/^json-malformed: /u);
  });

  it('the hard_sigmoid of Keras 3, and not that of Keras 2', async () => {
    const config = smallConfig();
    layer(config, 0).config['activation'] = 'hard_sigmoid';
    const [two, three] = ['2.15.0', '3.1.0'].map((kerasVersion) =>
      writeLegacyH5({ config: JSON.stringify(config), kerasVersion }),
    );
    expect(await outcome((await two) ?? new Uint8Array())).toMatch(/^read /u);
    expect(await outcome((await three) ?? new Uint8Array())).toMatch(/^model-activation: /u);
  });
});

describe('ways of writing the same network', () => {
  const cases: [string, (config: SmallConfig) => void][] = [
    ['a bare list of layers', (config) => Object.assign(config, { config: config.config.layers })],
    [
      'a policy for a type, and options at their defaults',
      (config) => {
        Object.assign(layer(config, 0).config, {
          trainable: false,
          dtype: { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' } },
          kernel_initializer: { module: 'mine', class_name: 'Mine', config: {} },
          kernel_constraint: { class_name: 'MaxNorm', config: {} },
          quantization_config: null,
          lora_rank: null,
        });
      },
    ],
    [
      'an InputLayer with batch_shape',
      (config) => {
        delete layer(config, 0).config['batch_input_shape'];
        config.config.layers.unshift({
          class_name: 'InputLayer',
          config: { batch_shape: [null, 6], dtype: 'float32', name: 'in' },
        });
      },
    ],
    [
      'a build_input_shape',
      (config) => {
        delete layer(config, 0).config['batch_input_shape'];
        config.config['build_input_shape'] = [32, 6];
      },
    ],
    [
      'a build_config of the first layer',
      (config) => {
        delete layer(config, 0).config['batch_input_shape'];
        layer(config, 0)['build_config'] = { input_shape: [null, 6] };
      },
    ],
    [
      'noise and augmentation, which are gone after training',
      (config) => {
        config.config.layers.splice(1, 0, {
          class_name: 'GaussianNoise',
          config: { name: 'noise', stddev: 0.1 },
        });
      },
    ],
  ];
  it.each(cases)('%s', async (_, edit) => {
    const plain = await outcome(await withConfig(() => undefined));
    expect(plain).toMatch(/^read /u);
    expect(await outcome(await withConfig(edit))).toBe(plain);
  });

  it('keeps augmentation among the layers, though it does nothing any more', async () => {
    const bytes = await withConfig((config) =>
      config.config.layers.unshift({
        class_name: 'RandomFlip',
        config: { name: 'flip', mode: 'horizontal', batch_input_shape: [null, 6] },
      }),
    );
    const model = await readBytes(bytes);
    if (model.state === 'refused') throw new Error(model.refusal.message);
    expect(model.plan.layers.map(({ className }) => className)).toEqual([
      'RandomFlip',
      'Dense',
      'Dense',
    ]);
  });

  it('keeps penalties, without the noise of 32 bits', () => {
    const config = smallConfig();
    layer(config, 0).config['kernel_regularizer'] = {
      module: 'keras.regularizers',
      class_name: 'L2',
      config: { l2: 0.009999999776482582 },
      registered_name: null,
    };
    const { model } = readModelConfig(config, {
      path: 'net.h5',
      kerasVersion: '2.15.0',
      limits: MODEL_LIMITS,
    });
    expect(model.layers[0]?.config['kernel_regularizer']).toEqual({
      class_name: 'L2',
      config: { l2: 0.01 },
    });
  });
});
