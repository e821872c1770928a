import { ZodError } from 'zod';
import type { Kernels } from '../engines/kernels.ts';
import { coreError } from '../errors/core-errors.ts';
import { sizeOf } from '../layers/layer.ts';
import type { ModelPlan } from '../model/plan.ts';
import { streamKey } from '../streams/streams.ts';
import { initializers } from './initializers.ts';

/**
 * The initial weights of a trial, in layer order. Every array draws from a stream named by the ordinal of its
 * layer among those with weights, so networks that differ only in dropout start from the same weights.
 */
export function initialWeights(kernels: Kernels, plan: ModelPlan, seed: number): Float32Array[] {
  const weights: Float32Array[] = [];
  const weighted = plan.layers.filter((layer) => layer.weights.length > 0);
  for (const [ordinal, layer] of weighted.entries()) {
    for (const { name, shape, initializer, fans } of layer.weights) {
      const fill = initializers.get(initializer.name);
      if (fill === undefined) {
        throw coreError('recipe-unsupported-initializer', {
          message: `The layer "${layer.name}" initialises its ${name} with ${initializer.name}, which training does not know.`,
          fix: `Use one of: ${[...initializers.keys()].join(', ')}.`,
        });
      }
      const length = sizeOf(shape);
      const pointer = kernels.allocate(length * 4);
      const key = streamKey(seed, `weights/${ordinal}/${name}`);
      try {
        fill({ kernels, pointer, length, fans, key }, initializer.config);
      } catch (error) {
        if (!(error instanceof ZodError)) throw error;
        throw coreError('recipe-unsupported-initializer', {
          message: `The layer "${layer.name}" initialises its ${name} with options of ${initializer.name} that training does not know: ${describe(error)}.`,
          fix: 'Leave the options at the defaults of Keras; a trial draws its own seeds.',
          cause: error,
        });
      }
      weights.push(kernels.f32(pointer, length).slice());
    }
  }
  return weights;
}

function describe(error: ZodError): string {
  return error.issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.join(', ')
        : `${issue.path.join('.')}: ${issue.message}`,
    )
    .join('; ');
}
