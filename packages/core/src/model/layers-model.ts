import { weightBytes } from '../digest.ts';
import type { SequentialConfig } from '../recipe/recipe.ts';
import { planModel } from './plan.ts';

/** The files of a TensorFlow.js LayersModel: `model.json` and one weights file. */
export interface LayersModelFiles {
  readonly 'model.json': string;
  readonly 'weights.bin': Uint8Array;
}

/**
 * Writes a trained network as a TF.js LayersModel, the format that `tf.loadLayersModel` reads
 * (https://www.tensorflow.org/js/guide/save_load). Weights are float32, little-endian, in layer order.
 */
export function writeLayersModel(
  model: SequentialConfig,
  weights: readonly Float32Array[],
): LayersModelFiles {
  const specs = planModel(model).layers.flatMap((layer) =>
    layer.weights.map(({ name, shape }) => ({
      name: `${layer.name}/${name}`,
      shape: [...shape],
      dtype: 'float32',
    })),
  );
  const document = {
    format: 'layers-model',
    generatedBy: 'labproof',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.2.4',
      backend: 'labproof',
      model_config: { class_name: 'Sequential', config: model },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  return {
    'model.json': `${JSON.stringify(document, null, 2)}\n`,
    'weights.bin': weightBytes(weights),
  };
}
