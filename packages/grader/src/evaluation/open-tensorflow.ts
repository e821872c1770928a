import { coreErrors, LabproofError, type ModelPlan } from '@labproof/core';
import { loadBackend, obstacleToTensorFlow, type TfjsEngine } from '@labproof/core/tensorflow';
import { graderError } from '../errors.ts';
import { WITHOUT_TENSORFLOW } from './without-tensorflow.ts';

/**
 * TensorFlow.js for a network with layers that Labproof's own arithmetic does not have, `null` for every other.
 * Throws the student's `model-unsupported-layer` for what neither evaluates, and the instructor's
 * `tensorflow-js-needed` where it is not installed.
 */
export async function openTensorFlow(plan: ModelPlan, path: string): Promise<TfjsEngine | null> {
  const foreign = plan.layers.find(({ kind }) => kind === 'foreign');
  if (foreign === undefined) return null;
  const obstacle = obstacleToTensorFlow(plan);
  if (obstacle !== null) {
    const text = {
      message: `${path} has a ${foreign.className} layer, so that it is evaluated by TensorFlow.js, which does not compute ${obstacle} as Keras does.`,
      fix: 'Hand in the network that the exercise describes.',
    };
    throw coreErrors.error('model-unsupported-layer', text, 'student');
  }
  try {
    return await loadBackend('wasm');
  } catch (error) {
    if (!(error instanceof LabproofError) || error.code !== 'tfjs-not-installed') throw error;
    throw graderError('tensorflow-js-needed', {
      message: `${path} has a ${foreign.className} layer, which TensorFlow.js evaluates, and TensorFlow.js is not ${WITHOUT_TENSORFLOW.where}.`,
      fix: WITHOUT_TENSORFLOW.fix,
    });
  }
}

/** Who evaluates, and how exactly. */
export function describeTensorFlow({ versions, backend }: TfjsEngine): string {
  return `TensorFlow.js ${versions['@tensorflow/tfjs'] ?? ''}, ${backend} backend; agrees within tolerance, not bit for bit`;
}
