import { coreErrors } from '@labproof/core';
import { HOLDS_CODE } from './layer-classes.ts';
import { type StoredLayer, StoredLayerSchema } from './layer-schema.ts';
import { submissionError } from '../../errors.ts';

/** Options that steer training or bookkeeping and change nothing that a finished network computes. */
const NOT_FOR_EVALUATION = new Set([
  'name',
  'trainable',
  'dtype',
  'autocast',
  'seed',
  'noise_shape',
  'input_dtype',
  'input_shape',
  'batch_input_shape',
  'batch_shape',
  'batch_size',
  'activity_regularizer',
  'renorm_clipping',
  'renorm_momentum',
  'fused',
]);

/** Names that changed between the versions, in the form in which layers are planned. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  silu: 'swish',
  // `activation=tf.nn.softmax` in TensorFlow 2 before Keras knew that function's name.
  softmax_v2: 'softmax',
};
/** Layers that are activations, and that may be given where the name of one is asked for. */
const ACTIVATION_LAYERS: ReadonlySet<string> = new Set(['ELU', 'LeakyReLU', 'ReLU', 'Softmax']);

/** `Dense(…, activation=LeakyReLU(0.1))`: the layer that stands for the activation; `null` for an activation by name. */
export function activationLayer(layer: StoredLayer): StoredLayer | null {
  const { success, data } = StoredLayerSchema.safeParse(layer.config['activation']);
  return success && ACTIVATION_LAYERS.has(data.class_name) ? data : null;
}

/**
 * The options of one layer that an evaluation needs, in a fresh object and in Keras 2's names.
 * Throws the student's `model-holds-code`, `model-quantized`, `model-dtype`, `keras-1` or `model-activation`; every
 * other option is kept for the planner, which names what it does not know.
 */
export function plainOptions(
  layer: StoredLayer,
  source: { readonly path: string; readonly kerasVersion: string | null },
): Record<string, unknown> {
  const { path } = source;
  assertKerasOwn(layer, path);
  assertKeras2(layer, path);
  assertFloat32(layer, path);
  const entries = Object.entries(layer.config).flatMap(([option, value]): [string, unknown][] => {
    if (value === null || value === undefined || NOT_FOR_EVALUATION.has(option)) return [];
    if (/_(initializer|constraint)$/u.test(option)) return [];
    if (option.endsWith('_regularizer')) return [[option, plainRegularizer(value)]];
    if (option === 'activation' && activationLayer(layer) !== null) return [[option, 'linear']];
    if (option === 'activation' || option === 'recurrent_activation')
      return [[option, plainActivation(value, layer, source)]];
    if (option.startsWith('quantization') || option.startsWith('lora'))
      throw quantized(layer, path);
    if (option === 'axis' && Array.isArray(value) && value.length === 1)
      return [[option, value[0]]];
    // NumPy arrays and tensors as options, as Keras 2 and 3 write them.
    const list = arrayOption(value);
    if (list !== null) return [[option, list]];
    return [[option, value]];
  });
  return Object.fromEntries(entries);
}

/** The numbers of an array that is given as an option: `{"class_name": "__numpy__", "config": {"value": …}}`. */
function arrayOption(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const className: unknown = Reflect.get(value, 'class_name');
  const config: unknown = Reflect.get(value, 'config');
  if (className !== '__numpy__' && className !== '__tensor__') return null;
  if (typeof config !== 'object' || config === null) return null;
  const numbers: unknown = Reflect.get(config, 'value');
  return Array.isArray(numbers) || typeof numbers === 'number' ? numbers : null;
}

/** Refuses layers that bring code along, and classes that are not Keras's own. */
export function assertKerasOwn(
  layer: Pick<StoredLayer, 'class_name' | 'module' | 'registered_name'>,
  path: string,
): void {
  const { class_name: className, module, registered_name: registered } = layer;
  const foreign =
    className.includes('>') ||
    registered?.includes('>') === true ||
    (typeof module === 'string' &&
      !/^(?:keras|tf_keras|tensorflow\.(?:python\.)?keras)(?:\.|$)/u.test(module));
  if (HOLDS_CODE.has(className) || foreign) {
    throw submissionError('model-holds-code', {
      message: `${path} has a ${className} layer, which holds code of its own, and no code of a submission is ever run.`,
      fix: 'Replace it by layers that Keras brings along, train the model and save it again.',
    });
  }
  if (module?.includes('.ops.') === true && !OPERATIONS.has(className)) {
    const text = {
      message: `${path} calls the operation ${className} of Keras between its layers, which is not among those that are read: ${[...OPERATIONS].join(', ')}.`,
      fix: 'Use a layer instead, train the model and save it again.',
    };
    throw coreErrors.error('model-unsupported-layer', text, 'student');
  }
}

/** Operations that Keras 3 keeps for `x + y` and the like, and that are the layers of the same names. */
const OPERATIONS: ReadonlySet<string> = new Set([
  'Add',
  'Maximum',
  'Minimum',
  'Multiply',
  'Subtract',
]);

function assertKeras2({ class_name: className, config }: StoredLayer, path: string): void {
  if (!('output_dim' in config && className === 'Dense') && !('nb_filter' in config)) return;
  throw keras1(path);
}

export function keras1(path: string): Error {
  return submissionError('keras-1', {
    message: `${path} was written by Keras 1, whose layers have other options than those of today.`,
    fix: 'Save the model again with Keras 2 or later.',
  });
}

/** Mixed precision keeps its weights in 32 bits, so it can be evaluated in them; everything else is another network. */
function assertFloat32(layer: StoredLayer, path: string): void {
  const { dtype } = layer.config;
  if (layer.class_name === 'InputLayer' || dtype === undefined || dtype === null) return;
  const name = dtypeName(dtype);
  if (name === 'float32' || name === 'mixed_float16' || name === 'mixed_bfloat16') return;
  if (name === null || name.includes('from')) throw quantized(layer, path);
  throw submissionError('model-dtype', {
    message: `${path} has a ${layer.class_name} layer that computes in ${name} and not in float32.`,
    fix: 'Train and save the model in float32.',
  });
}

/** A policy's name; `null` for a quantised policy or anything else that is no plain type. */
function dtypeName(dtype: unknown): string | null {
  if (typeof dtype === 'string') return dtype.slice(0, 40);
  if (typeof dtype !== 'object' || dtype === null) return null;
  const className: unknown = Reflect.get(dtype, 'class_name');
  const config: unknown = Reflect.get(dtype, 'config');
  if (className !== 'DTypePolicy' && className !== 'Policy') return null;
  if (typeof config !== 'object' || config === null) return null;
  const name: unknown = Reflect.get(config, 'name');
  return typeof name === 'string' ? name.slice(0, 40) : null;
}

function quantized({ class_name: className }: StoredLayer, path: string): Error {
  return submissionError('model-quantized', {
    message: `${path} has a ${className} layer that is quantised, so its weights are not the ones that were trained.`,
    fix: 'Save the model before quantising it.',
  });
}

function plainActivation(
  activation: unknown,
  { class_name: className }: StoredLayer,
  { path, kerasVersion }: { readonly path: string; readonly kerasVersion: string | null },
): string {
  if (typeof activation !== 'string' || activation.includes('>')) {
    throw submissionError('model-holds-code', {
      message: `${path} has a ${className} layer with an activation function of its own, and no code of a submission is ever run.`,
      fix: 'Use an activation that Keras knows by name, train the model and save it again.',
    });
  }
  if (activation === 'hard_sigmoid' && Number.parseInt(kerasVersion ?? '2', 10) >= 3) {
    throw submissionError('model-activation', {
      message: `${path} has a ${className} layer with the hard_sigmoid of Keras 3, whose slope is another than that of Keras 2.`,
      fix: 'Use sigmoid, train the model and save it again.',
    });
  }
  return (
    (Object.hasOwn(ACTIVATIONS, activation) ? ACTIVATIONS[activation] : activation) ?? activation
  );
}

/** A penalty's class and factors, without the noise of having been stored in 32 bits. */
function plainRegularizer(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const className: unknown = Reflect.get(value, 'class_name');
  const config: unknown = Reflect.get(value, 'config');
  const factors = Object.entries(
    typeof config === 'object' && config !== null ? config : {},
  ).flatMap(([name, factor]: [string, unknown]) =>
    (name === 'l1' || name === 'l2') && typeof factor === 'number'
      ? [[name, sevenDigits(factor)]]
      : [],
  );
  return {
    class_name: typeof className === 'string' ? className : '',
    config: Object.fromEntries(factors),
  };
}

/** Keras stores its hyperparameters as float32; written out as float64 they end in noise, as 0.10000000149 does. */
export function sevenDigits(value: number): number {
  return Number(value.toPrecision(7));
}
