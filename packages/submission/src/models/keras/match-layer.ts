import type { PlannedLayer } from '@labproof/core';
import type { Hdf5Dataset } from '../hdf5/hdf5-file.ts';
import type { StoredArray } from '../model-source.ts';
import { submissionError } from '../../errors.ts';

/**
 * Brings one layer's stored arrays into the order of its plan: by name where all of Keras's names are there, otherwise
 * in the order in which they are stored. Every shape must agree.
 * Throws the student's `weights-do-not-fit`, naming the first array that does not.
 */
export function matchLayer(
  layer: PlannedLayer,
  stored: readonly Hdf5Dataset[],
  path: string,
): StoredArray[] {
  if (layer.weights.length !== stored.length) {
    throw misfit(
      path,
      `the layer "${layer.name}" (${layer.className}) needs ${layer.weights.length} arrays, but ${stored.length} are stored`,
    );
  }
  const named = new Map(stored.map((dataset) => [plainName(dataset.path), dataset]));
  const byName = layer.weights.every(({ name }) => named.has(name));
  return layer.weights.map(({ name, shape }, index) => {
    const dataset = byName ? named.get(name) : stored[index];
    if (dataset === undefined || !sameShape(dataset.shape, shape)) {
      throw misfit(
        path,
        `the ${name} of the layer "${layer.name}" has the shape [${shape.join(', ')}], but ${dataset?.path ?? ''} is stored with [${dataset?.shape.join(', ') ?? ''}]`,
      );
    }
    const read = isCounter(layer, name)
      ? (): Float32Array => new Float32Array(dataset.length)
      : (): Float32Array => dataset.readFloat32();
    return { name: dataset.path, shape, length: dataset.length, read };
  });
}

/** How many examples a Normalization was adapted to: a whole number, and the only weight that computes nothing. */
function isCounter({ className }: PlannedLayer, name: string): boolean {
  return className === 'Normalization' && name === 'count';
}

/** `/model_weights/dense_1/dense_1/kernel:0` → `kernel`; TensorFlow numbers names that it has given before. */
function plainName(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.replace(/:\d+$/u, '').replace(/_\d+$/u, '');
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, index) => extent === b[index]);
}

function misfit(path: string, what: string): Error {
  return submissionError('weights-do-not-fit', {
    message: `The weights in ${path} do not fit its layers: ${what}.`,
    fix: 'Save the whole model again with model.save() and hand in that file as it is.',
  });
}
