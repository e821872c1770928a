import type { ModelPlan } from '@labproof/core';
import { submissionError } from '../../errors.ts';
import { assertNoPointer } from '../git-lfs.ts';
import type { ModelLimits } from '../model-limits.ts';
import type { ModelSource, StoredArray } from '../model-source.ts';
import { scalings } from '../pytorch/normalization.ts';
import type { TorchHints } from '../pytorch/structure.ts';
import { frameworkOf, imageInput } from './image-input.ts';
import { readModelMessage } from './messages.ts';
import { damaged, OnnxProblem } from './problem.ts';
import { inputOf, type ReadGraph, readGraph } from './read-graph.ts';
import { sizeOf } from './tensors.ts';

/** Nodes a layer: shapes are computed in many small steps. */
const NODES_A_LAYER = 20;

/**
 * Opens a model in ONNX, as PyTorch's exporters and tf2onnx write it: one graph of ONNX's own operators with all numbers in
 * the file. Throws a student's error whose code begins with `onnx-`.
 */
export function openOnnxModel(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
  hints: TorchHints,
): ModelSource {
  assertNoPointer(bytes, path);
  try {
    return opened(bytes, limits, hints);
  } catch (error) {
    throw named(error, path);
  }
}

function opened(bytes: Uint8Array, limits: ModelLimits, hints: TorchHints): ModelSource {
  const message = readModelMessage(bytes, {
    nodes: NODES_A_LAYER * limits.layers,
    initializers: 2 * limits.weightArrays,
  });
  const { graph, functions, producer, producerVersion } = message;
  if (functions || graph.sparse) {
    throw new OnnxProblem(
      'onnx-unread',
      functions
        ? 'defines functions of its own, which are not read'
        : 'holds sparse arrays, which are not read',
      functions
        ? 'Export it with torch.onnx.export of PyTorch 2.5 or later, or with torch.onnx.export(…, dynamo=False).'
        : 'Export the model with dense arrays.',
    );
  }
  const framework = frameworkOf(producer);
  const input = imageInput(inputOf(graph), imagesOf(hints), framework);
  const network = readGraph(message, input, limits);
  return {
    model: network.model,
    kerasVersion: null,
    trainingConfig: {
      optimizer: null,
      loss: null,
      fromLogits: network.fromLogits,
      metrics: [],
    },
    notes: [
      `its layers are those of its graph, which ${writerOf(
        producer,
        producerVersion,
      )} exported; dropout, which acts in training alone, is in no exported graph`,
    ],
    framework: framework === 'pytorch' ? 'pytorch' : 'keras',
    exported: true,
    // A network of Keras is trained on images that the lab scales; PyTorch scales them in its transforms.
    ...(framework === 'keras' ? {} : scalings(input.channels, hints)),
    weightsFor: (plan) => storedArrays(plan, network),
    close: () => undefined,
  };
}

function imagesOf({ exercise, exercises }: TorchHints) {
  return exercises
    .filter(({ id }) => exercise === null || id === exercise)
    .map(({ imageShape }) => imageShape);
}

/** "PyTorch 2.1.2", as far as the file says it. */
function writerOf(producer: string, version: string): string {
  const name = /^[\w .+-]{1,40}$/u.test(producer)
    ? producer.replace(/^pytorch$/u, 'PyTorch')
    : 'a program without a name';
  const number = /^\d[\w.]{0,20}/u.exec(version)?.[0];
  return number === undefined ? name : `${name} ${number}`;
}

function storedArrays(plan: ModelPlan, { weights }: ReadGraph): StoredArray[] {
  return plan.layers.flatMap((layer, index) =>
    layer.weights.map(({ name, shape }, place): StoredArray => {
      const length = sizeOf(shape);
      return {
        name: `${layer.name}/${name}`,
        shape,
        length,
        read: () => {
          const values = weights[index]?.[place]?.() ?? new Float32Array();
          if (values.length === length) return values;
          throw submissionError('onnx-damaged', {
            message: `An array of the ONNX file has ${values.length} numbers where its layer ${layer.name} needs ${length}.`,
            fix: damaged('').fix,
          });
        },
      };
    }),
  );
}

function named(error: unknown, path: string): unknown {
  if (!(error instanceof OnnxProblem)) return error;
  return submissionError(error.code, {
    message: `${path} ${error.message}.`,
    fix: error.fix,
  });
}
