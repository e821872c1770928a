import { Buffer } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import { File, type Group, ready } from 'h5wasm';
import { ZipFile } from 'yazl';
import { planModel, type SequentialConfig } from '@labproof/core';
import { readArchive } from '../../src/models/keras/archive.ts';
import { kerasFile } from './keras-reader.ts';
import { MODEL_LIMITS } from '../../src/models/model-limits.ts';

/** A config as Keras 2 writes it; tests change what they want. */
export interface SmallConfig {
  class_name: string;
  config: {
    name: string;
    layers: { class_name: string; config: Record<string, unknown>; [field: string]: unknown }[];
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

export function smallConfig(): SmallConfig {
  const dense = (
    name: string,
    units: number,
    activation: string,
  ): SmallConfig['config']['layers'][number] => ({
    class_name: 'Dense',
    config: { name, units, activation, use_bias: true },
  });
  const [hidden, output] = [dense('hidden', 4, 'relu'), dense('output', 3, 'softmax')];
  hidden.config['batch_input_shape'] = [null, 6];
  return { class_name: 'Sequential', config: { name: 'small', layers: [hidden, output] } };
}

/** Arrays of a small network: a 6-4-3 perceptron. */
const SMALL_ARRAYS = {
  hidden: { kernel: [6, 4], bias: [4] },
  output: { kernel: [4, 3], bias: [3] },
} as const;

export function values(shape: readonly number[], start = 0): Float32Array {
  const length = shape.reduce((product, extent) => product * extent, 1);
  return Float32Array.from({ length }, (_, index) => (start + index) / 8 - 1);
}

export async function writeHdf5(build: (file: Group) => void): Promise<Uint8Array> {
  const { FS } = await ready;
  const path = '/written.h5';
  const file = new File(path, 'w');
  build(file);
  file.close();
  const bytes = FS.readFile(path).slice();
  FS.unlink(path);
  return bytes;
}

export interface H5Options {
  readonly config: string | null;
  readonly training?: string;
  readonly kerasVersion?: string;
  /** Puts an array somewhere; the default puts it where Keras puts it. */
  readonly start?: number;
  readonly weightNames?: (layer: string, names: readonly string[], group: Group) => void;
}

/** A legacy `.h5` of the small network's arrays with any configuration. */
export function writeLegacyH5(options: H5Options): Promise<Uint8Array> {
  return writeHdf5((file) => {
    if (options.config !== null) file.create_attribute('model_config', options.config);
    if (options.training !== undefined) file.create_attribute('training_config', options.training);
    file.create_attribute('keras_version', options.kerasVersion ?? '2.15.0');
    const root = file.create_group('model_weights');
    for (const [layer, arrays] of Object.entries(SMALL_ARRAYS)) {
      const group = root.create_group(layer);
      const inner = group.create_group(layer);
      const names = Object.keys(arrays).map((name) => `${layer}/${name}:0`);
      if (options.weightNames === undefined) group.create_attribute('weight_names', names);
      else options.weightNames(layer, names, group);
      for (const [name, shape] of Object.entries(arrays)) {
        inner.create_dataset({
          name: `${name}:0`,
          data: values(shape, options.start ?? 0),
          shape: [...shape],
        });
      }
    }
  });
}

type Members = Record<string, Uint8Array>;

/** A `.keras` archive of some members. */
export async function writeArchive(members: Members, compress = false): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.from(content), name, { compress, mtime: new Date(0) });
  }
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

/** The members of a file that Keras wrote. */
export const membersOf = (file: string): Promise<Members> =>
  readArchive(kerasFile(file), file, MODEL_LIMITS);

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Any chain of layers as a legacy `.h5`, its weights in the order of the plan. */
export function writeModelH5(
  model: SequentialConfig,
  weights: readonly Float32Array[],
): Promise<Uint8Array> {
  const rest = [...weights];
  return writeHdf5((file) => {
    file.create_attribute(
      'model_config',
      JSON.stringify({ class_name: 'Sequential', config: model }),
    );
    file.create_attribute('keras_version', '2.15.0');
    const root = file.create_group('model_weights');
    for (const layer of planModel(model).layers) {
      const group = root.create_group(layer.name);
      if (layer.weights.length === 0) continue;
      group.create_attribute(
        'weight_names',
        layer.weights.map(({ name }) => `${layer.name}/${name}:0`),
      );
      const inner = group.create_group(layer.name);
      for (const { name, shape } of layer.weights) {
        const data = rest.shift() ?? new Float32Array();
        inner.create_dataset({ name: `${name}:0`, data, shape: [...shape] });
      }
    }
  });
}
