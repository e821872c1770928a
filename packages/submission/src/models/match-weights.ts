import type { ModelPlan } from '@labproof/core';
import type { StoredArray } from './model-source.ts';
import { submissionError } from '../errors.ts';

interface Slot {
  readonly layer: string;
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Brings stored weights into layer order. By name where every name is found once and every shape agrees;
 * otherwise in the order of the file, where the shapes must agree one by one. Names alone are never trusted.
 * Throws the student's `weights-do-not-fit`, naming the first array that does not.
 */
export function matchWeights(
  plan: ModelPlan,
  stored: readonly StoredArray[],
  path: string,
): StoredArray[] {
  const slots = plan.layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }): Slot => ({ layer: layer.name, name, shape })),
  );
  if (slots.length !== stored.length) {
    throw misfit(
      path,
      `its layers need ${slots.length} weight arrays, but ${stored.length} are stored`,
    );
  }
  return byName(slots, stored) ?? byOrder(slots, stored, path);
}

function byName(slots: readonly Slot[], stored: readonly StoredArray[]): StoredArray[] | null {
  const named = new Map<string, StoredArray>();
  for (const weight of stored) {
    const key = weight.name.replace(/:\d+$/u, '').split('/').slice(-2).join('/');
    if (named.has(key)) return null;
    named.set(key, weight);
  }
  const matched: StoredArray[] = [];
  for (const { layer, name, shape } of slots) {
    const weight = named.get(`${layer}/${name}`);
    if (weight === undefined || !sameShape(weight.shape, shape)) return null;
    matched.push(weight);
  }
  return new Set(matched).size === stored.length ? matched : null;
}

function byOrder(
  slots: readonly Slot[],
  stored: readonly StoredArray[],
  path: string,
): StoredArray[] {
  return slots.map((slot, index) => {
    const weight = stored[index];
    if (weight === undefined || !sameShape(weight.shape, slot.shape)) {
      throw misfit(
        path,
        `the ${slot.name} of the layer "${slot.layer}" has the shape [${slot.shape.join(', ')}], but "${weight?.name ?? ''}" is stored with [${weight?.shape.join(', ') ?? ''}]`,
      );
    }
    return weight;
  });
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, index) => extent === b[index]);
}

function misfit(path: string, what: string): Error {
  return submissionError('weights-do-not-fit', {
    message: `The weights do not fit the layers of ${path}: ${what}.`,
    fix: 'Save the model again, so that model.json and its .bin files belong together.',
  });
}
