import { coreError } from '../../errors/core-errors.ts';
import type { LabproofError } from '../../errors/labproof-error.ts';
import type { ModelPlan } from '../../model/plan.ts';
import { tfjsLayers } from './layers/registry.ts';
import type { TfjsEngine } from './tensorflow.ts';

/** What each backend that may lack kernels can be replaced with. */
const WAY_OUT =
  'Use --engine tfjs:tensorflow (or tfjs:cpu, which is slow), or leave --engine out: the built-in engines train it.';

/** Why a backend cannot train a model: the first layer for which it lacks a kernel; `null` when it can. */
export function obstacleToTraining(
  { tf, backend }: Pick<TfjsEngine, 'tf' | 'backend'>,
  model: ModelPlan,
): LabproofError | null {
  for (const { className, name } of model.layers) {
    const layer = tfjsLayers.get(className);
    if (layer === undefined) {
      return cannotTrain(
        `The engine tfjs has no layer ${className} ("${name}").`,
        'Leave --engine out: the built-in engines train it.',
      );
    }
    const missing = layer.kernels.filter(
      // The registry answers undefined for an absent kernel, which its type does not say.
      (kernel) => (tf.getKernel(kernel, backend) as unknown) === undefined,
    );
    if (missing.length > 0) {
      return cannotTrain(
        `The engine "tfjs:${backend}" cannot train the layer "${name}" (${className}): the ${backend} backend of TensorFlow.js has no kernel ${missing.join(', ')}.`,
        WAY_OUT,
      );
    }
  }
  return null;
}

function cannotTrain(message: string, fix: string): LabproofError {
  return coreError('tfjs-cannot-train', { message, fix });
}
