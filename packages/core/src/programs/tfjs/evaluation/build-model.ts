import type * as tensorflow from '@tensorflow/tfjs';
import type { ModelPlan, PlannedLayer } from '../../../model/plan.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { FACTORIES, isActivation, isIdentity } from './classes.ts';

/** The planned network in layers of TensorFlow.js, with its weights (in layer order). */
export function buildModel(
  tf: TensorFlow,
  plan: ModelPlan,
  weights: readonly Float32Array[],
): tensorflow.LayersModel {
  const input = tf.input({ shape: [...plan.inputShape] });
  const layers: (tensorflow.layers.Layer | null)[] = [];
  const values: tensorflow.SymbolicTensor[] = [];
  for (const [index, planned] of plan.layers.entries()) {
    const inputs = planned.inbound.map((place) => (place === -1 ? input : values[place]) ?? input);
    const layer =
      planned.sharedWith === null
        ? makeLayer(tf, planned, `l${index}`)
        : (layers[planned.sharedWith] ?? null);
    layers.push(layer);
    const [first = input] = inputs;
    const output = layer === null ? first : layer.apply(inputs.length === 1 ? first : inputs);
    const value = (Array.isArray(output) ? output[0] : output) as tensorflow.SymbolicTensor;
    if (value.shape.slice(1).join() !== planned.outputShape.join()) {
      throw new Error(`${planned.className} was planned with another shape than it has`);
    }
    values.push(value);
  }
  let next = 0;
  for (const [index, { weights: specs, sharedWith }] of plan.layers.entries()) {
    if (sharedWith !== null || specs.length === 0) continue;
    tf.tidy(() => {
      const tensors = specs.map(({ shape }) =>
        tf.tensor(weights[next++] ?? new Float32Array(), [...shape]),
      );
      layers[index]?.setWeights(tensors);
    });
  }
  return tf.model({ inputs: input, outputs: values.at(-1) ?? input });
}

/** A layer of TensorFlow.js with the options of the plan; `null` for what is the identity when evaluating. */
function makeLayer(
  tf: TensorFlow,
  planned: PlannedLayer,
  name: string,
): tensorflow.layers.Layer | null {
  const { className, config, inputShape } = planned;
  if (isIdentity(className)) return null;
  // Keras lets vectors pass, TensorFlow.js does not.
  if (className === 'Flatten' && inputShape.length === 1) return null;
  if (className === 'LeakyReLU')
    return tf.layers.leakyReLU({ alpha: Number(config['alpha']), name });
  if (className === 'ReLU')
    return tf.layers.reLU({ maxValue: Number(config['max_value'] ?? Infinity), name });
  const factory = FACTORIES[className];
  if (factory === undefined) throw new Error(`${className} is not evaluated by TensorFlow.js`);
  const options = Object.entries(config).map(([option, value]) => [
    camelCase(option),
    isActivation(option) && typeof value === 'string' ? camelCase(value) : value,
  ]);
  const make = tf.layers[factory] as (options: object) => tensorflow.layers.Layer;
  return make({ ...Object.fromEntries(options), name });
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}
