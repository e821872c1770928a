import type { LayerConfig, SequentialConfig } from '../recipe/recipe.ts';

/** What PyTorch's modules have where Keras's layers, whose names a recipe uses, have something else. */
const DEFAULTS: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map([
  [
    'Dense',
    {
      kernel_initializer: 'kaiming_uniform',
      bias_initializer: 'fan_in_uniform',
    },
  ],
  [
    'Conv2D',
    {
      kernel_initializer: 'kaiming_uniform',
      bias_initializer: 'fan_in_uniform',
    },
  ],
  ['BatchNormalization', { momentum: 0.9, epsilon: 1e-5, unbiased_variance: true }],
  ['LeakyReLU', { alpha: 0.01 }],
]);

/** A model whose layers have PyTorch's defaults for every option that they do not state. */
export function withPytorchDefaults(model: SequentialConfig): SequentialConfig {
  return { ...model, layers: model.layers.map(withDefaults) };
}

function withDefaults(layer: LayerConfig): LayerConfig {
  const defaults = DEFAULTS.get(layer.class_name);
  if (defaults === undefined) return layer;
  const missing = Object.entries(defaults).filter(
    ([name]) => layer.config[name] === undefined || layer.config[name] === null,
  );
  return {
    ...layer,
    config: { ...layer.config, ...Object.fromEntries(missing) },
  };
}
