import type { Kernels } from '../engines/kernels.ts';
import { LabproofError } from '../errors.ts';
import { sizeOf } from '../layers/layer.ts';
import type { ModelPlan } from '../model/plan.ts';
import { streamKey } from '../random/streams.ts';

/** Fills one weight array from its own stream. */
type Initializer = (
  kernels: Kernels,
  target: number,
  length: number,
  fans: readonly [number, number],
  key: readonly [number, number],
) => void;

const initializers: ReadonlyMap<string, Initializer> = new Map<string, Initializer>([
  [
    'glorot_uniform',
    // Glorot & Bengio, AISTATS 2010, eq. 16: uniform in ±√(6 / (fan_in + fan_out)).
    (kernels, target, length, [fanIn, fanOut], key) => {
      const limit = Math.fround(Math.sqrt(Math.fround(6 / (fanIn + fanOut))));
      kernels.uniform(target, length, key[0], key[1], 0, -limit, limit);
    },
  ],
  ['zeros', (kernels, target, length) => kernels.f32(target, length).fill(0)],
  ['ones', (kernels, target, length) => kernels.f32(target, length).fill(1)],
]);

/**
 * The initial weights of a trial, in layer order. Every array draws from a stream named by the ordinal of its
 * layer among those with weights, so networks that differ only in dropout start from the same weights.
 */
export function initialWeights(kernels: Kernels, plan: ModelPlan, seed: number): Float32Array[] {
  const weights: Float32Array[] = [];
  const weighted = plan.layers.filter((layer) => layer.weights.length > 0);
  for (const [ordinal, layer] of weighted.entries()) {
    for (const { name, shape, initializer, fans } of layer.weights) {
      const fill = initializers.get(initializer);
      if (fill === undefined) {
        throw new LabproofError({
          code: 'recipe-unsupported-initializer',
          owner: 'instructor',
          message: `the layer "${layer.name}" initialises its ${name} with ${initializer}, which training does not know`,
          fix: `Use one of: ${[...initializers.keys()].join(', ')}.`,
        });
      }
      const length = sizeOf(shape);
      const target = kernels.allocate(length * 4);
      fill(kernels, target, length, fans, streamKey(seed, `weights/${ordinal}/${name}`));
      weights.push(kernels.f32(target, length).slice());
    }
  }
  return weights;
}
