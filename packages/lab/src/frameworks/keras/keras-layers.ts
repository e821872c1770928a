import type { LayerConfig, Recipe } from '@labproof/core';
import { call, literal, named } from '../python.ts';

/** Options that a layer of Keras has without being told; what a recipe writes out to be sure, code need not. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  use_bias: true,
  activation: 'linear',
  kernel_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
  padding: 'valid',
  trainable: true,
};

/** What a layer's first arguments are called, which nobody names. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  Dense: ['units'],
  Conv2D: ['filters', 'kernel_size'],
  MaxPooling2D: ['pool_size'],
  AveragePooling2D: ['pool_size'],
  Dropout: ['rate'],
  Activation: ['activation'],
  Reshape: ['target_shape'],
  Rescaling: ['scale'],
};

/** `keras.Sequential([…])` with the recipe's layers. */
export function kerasNetwork({ model, inputShape }: Recipe): string {
  const layers = model.layers.filter(({ class_name: name }) => name !== 'InputLayer');
  return [
    'model = keras.Sequential([',
    `    keras.Input(shape=${literal(inputShape)}),`,
    ...layers.map((layer) => `    ${kerasLayer(layer)},`),
    '])',
  ].join('\n');
}

function kerasLayer({ class_name: className, config }: LayerConfig): string {
  const { name: _, batch_input_shape: __, ...options } = config;
  const first = FIRST[className] ?? [];
  const shown = Object.entries(options).filter(
    ([option, value]) => first.includes(option) || !isDefault(className, option, value, options),
  );
  const values = new Map(shown);
  return call(`layers.${className}`, [
    ...first.flatMap((option) => (values.has(option) ? [literal(values.get(option))] : [])),
    ...named(
      Object.fromEntries(
        shown.flatMap(([option, value]) => (first.includes(option) ? [] : [[option, value]])),
      ),
    ),
  ]).replaceAll('\n', '\n    ');
}

function isDefault(
  className: string,
  option: string,
  value: unknown,
  options: Readonly<Record<string, unknown>>,
): boolean {
  if (value === null) return true;
  if (option === 'strides') {
    // Windows step by their own size, convolutions by one.
    const own = className.endsWith('Pooling2D') ? options['pool_size'] : [1, 1];
    return literal(value) === literal(own);
  }
  return Object.hasOwn(DEFAULTS, option) && DEFAULTS[option] === value;
}
