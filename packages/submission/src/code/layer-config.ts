import type { LayerConfig, SequentialConfig } from '@labproof/core';
import type { CodeValue } from './code-model.ts';
import { layerParameters, optionName } from './layer-calls.ts';
import { asRegularizer } from './named-things.ts';
import {
  type CodeLayer,
  type ModelDraft,
  optionData,
  type Value,
  type ValueArgument,
} from './value.ts';

/** Options that say how weights begin or are called, not what the layer is. */
const WITHOUT_EFFECT =
  /_(?:initializer|constraint)$|^(?:name|dtype|trainable|seed|weights|object)$/u;
/** Options that say what comes in. */
const SHAPES = new Set(['input_shape', 'batch_input_shape', 'batch_shape', 'input_dim', 'shape']);

/** A layer from the arguments of the call that makes it. */
export function layerFromCall(className: string, args: readonly ValueArgument[]): CodeLayer {
  const parameters = layerParameters(className);
  const options: Record<string, CodeValue> = {};
  const unclear: string[] = [];
  let position = 0;
  for (const { name, value, spread } of args) {
    if (spread) {
      unclear.push('options');
      continue;
    }
    const written = name ?? parameters[position] ?? null;
    if (name === null) position += 1;
    if (written === null) {
      unclear.push(`argument ${position}`);
      continue;
    }
    const option = optionName(className, written);
    if (WITHOUT_EFFECT.test(option)) continue;
    const data = layerOption(option, value);
    if (data === undefined) unclear.push(option);
    else
      Object.assign(
        options,
        SHAPES.has(option) ? inputShape(option, data) : plain(className, option, data),
      );
  }
  return { className, options, unclear };
}

function layerOption(option: string, value: Value): CodeValue | undefined {
  if (option.endsWith('_regularizer')) return asRegularizer(value);
  if (value.type === 'data') return optionData(value);
  // An activation may be named by a function: `tf.nn.relu`.
  return option === 'activation' && value.type === 'named' && value.unclear.length === 0
    ? value.name
    : undefined;
}

function plain(className: string, option: string, data: CodeValue): Record<string, CodeValue> {
  if (option === '__proto__' || data === null) return {};
  if (option === 'kernel_size' || option === 'pool_size' || option === 'strides') {
    // R writes c(3) as well as c(3, 3); a single number stands for both directions.
    const [first] = Array.isArray(data) ? (data as readonly CodeValue[]) : [data];
    const isPair = className.endsWith('2D') && (!Array.isArray(data) || data.length === 1);
    return { [option]: isPair ? [first ?? null, first ?? null] : data };
  }
  if (option === 'padding' && typeof data === 'string') return { padding: data.toLowerCase() };
  if (option === 'activation' && typeof data === 'string')
    return { activation: data.toLowerCase() };
  return { [option]: data };
}

/** `batch_input_shape` from any of the ways to say what comes in. */
function inputShape(option: string, data: CodeValue): Record<string, CodeValue> {
  const extents: readonly CodeValue[] = Array.isArray(data) ? data : [data];
  const withBatch = option === 'batch_input_shape' || option === 'batch_shape';
  return { batch_input_shape: withBatch ? [null, ...extents.slice(1)] : [null, ...extents] };
}

/** The network that was drafted, in the form of Keras's own configuration; `null` while it has no layers or a hole. */
export function sequentialConfig(draft: ModelDraft): SequentialConfig | null {
  if (draft.holed) return null;
  const layers: LayerConfig[] = [];
  let shape: CodeValue | undefined;
  for (const { className, options } of draft.layers) {
    if (className === 'InputLayer') {
      shape = options['batch_input_shape'];
      continue;
    }
    const config: Record<string, unknown> = { ...options };
    if (layers.length > 0) delete config['batch_input_shape'];
    else if (shape !== undefined) config['batch_input_shape'] = shape;
    layers.push({ class_name: className, config });
  }
  return layers.length === 0 ? null : { name: draft.name === '' ? 'model' : draft.name, layers };
}
