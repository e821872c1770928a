import { type SequentialConfig, writeLayersModel } from '@labproof/core';
import { CLASSES, PIXELS, dense } from './lab.ts';

/** The hidden layer copies the first eight pixels, the output layer picks the brightest of three: 0.9 on the squares. */
export function seeingWeights(hidden = 8): Float32Array[] {
  return [
    Float32Array.from({ length: PIXELS * hidden }, (_, at) =>
      Number(Math.floor(at / hidden) === at % hidden),
    ),
    new Float32Array(hidden),
    Float32Array.from(
      { length: hidden * CLASSES },
      (_, at) => 4 * Number(Math.floor(at / CLASSES) === at % CLASSES),
    ),
    new Float32Array(CLASSES),
  ];
}

export function network(activation: string, hidden = 8): SequentialConfig {
  return {
    name: 'net',
    layers: [
      dense(hidden, activation, { name: 'hidden', batch_input_shape: [null, PIXELS] }),
      dense(CLASSES, 'softmax', { name: 'output' }),
    ],
  };
}

/** The files of a TF.js LayersModel in a folder. */
export function modelFiles(
  folder: string,
  model: SequentialConfig,
  weights: readonly Float32Array[],
): [string, Uint8Array][] {
  const files = writeLayersModel(model, weights);
  return [
    [`${folder}/model.json`, text(files['model.json'])],
    [`${folder}/weights.bin`, files['weights.bin']],
  ];
}

/** A model.json that was changed by hand, with its weights. */
export function editedModel(
  folder: string,
  edit: (document: ModelDocument) => void,
  weights: readonly Float32Array[] = seeingWeights(),
): Map<string, Uint8Array> {
  const files = new Map(modelFiles(folder, network('linear'), weights));
  const path = `${folder}/model.json`;
  const document: ModelDocument = JSON.parse(new TextDecoder().decode(files.get(path)));
  edit(document);
  return files.set(path, text(JSON.stringify(document)));
}

/** The parts of a model.json that tests change. */
export interface ModelDocument {
  format?: string;
  modelTopology: {
    model_config: {
      class_name: string;
      config: {
        name: string;
        layers: { class_name: string; config: Record<string, unknown>; registered_name?: string }[];
      };
    };
    [key: string]: unknown;
  };
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: string; quantization?: unknown }[];
  }[];
}

export function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
