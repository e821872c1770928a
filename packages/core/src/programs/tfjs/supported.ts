import { coreError } from '../../errors/core-errors.ts';
import type { LabproofError } from '../../errors/labproof-error.ts';
import type { ModelPlan } from '../../model/plan.ts';
import type { Recipe } from '../../recipe/recipe.ts';
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
        `The engine "tfjs:${backend}" cannot train the layer "${name}" (${className}): the ${backend} backend of TensorFlow.js has no kernel ${missing.join(
          ', ',
        )}.`,
        WAY_OUT,
      );
    }
  }
  return null;
}

/** Options that the TensorFlow.js program does not compute. Throws the `LabproofError` that names the first of a recipe. */
export function checkRecipe({ optimizer, semantics, labelSmoothing, model }: Recipe): void {
  const amsgrad = 'amsgrad' in optimizer && optimizer.amsgrad === true;
  const { clipvalue, clipnorm, global_clipnorm: globalNorm } = optimizer;
  const options: readonly (readonly [string, boolean])[] = [
    ['semantics "pytorch"', semantics === 'pytorch'],
    ['amsgrad', amsgrad],
    ['clipping of gradients', (clipvalue ?? clipnorm ?? globalNorm) !== undefined],
    ['labelSmoothing', labelSmoothing !== undefined],
    ['ties "shared"', model.layers.some(({ config }) => config['ties'] !== undefined)],
    ['unbiased_variance', model.layers.some(({ config }) => config['unbiased_variance'] === true)],
  ];
  const found = options.find(([, used]) => used);
  if (found === undefined) return;
  throw cannotTrain(
    `The engine tfjs does not train with ${found[0]}.`,
    'Leave --engine out: the built-in engines train it.',
  );
}

function cannotTrain(message: string, fix: string): LabproofError {
  return coreError('tfjs-cannot-train', { message, fix });
}
