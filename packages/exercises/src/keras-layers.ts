import type { LayerConfig } from '@labproof/core';

/*
 * Layers in Keras's own notation with every option that matters written out: Glorot-uniform kernels, zero biases,
 * strides of one, channels last. The first layer of a network is given the shape of one example.
 */

type Activation = 'linear' | 'relu' | 'softmax';

const WEIGHTS = {
  use_bias: true,
  kernel_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
};

/** `layer` as the first of a network, for examples of the given shape. */
export function first(shape: readonly number[], layer: LayerConfig): LayerConfig {
  const { name, ...config } = layer.config;
  return { ...layer, config: { name, batch_input_shape: [null, ...shape], ...config } };
}

export function dense(name: string, units: number, activation: Activation): LayerConfig {
  return { class_name: 'Dense', config: { name, units, activation, ...WEIGHTS } };
}

/** A convolution with a square kernel of `size` × `size`. */
export function conv2d(
  name: string,
  filters: number,
  size: number,
  options: { readonly padding: 'same' | 'valid' },
): LayerConfig {
  return {
    class_name: 'Conv2D',
    config: {
      name,
      filters,
      kernel_size: [size, size],
      strides: [1, 1],
      padding: options.padding,
      activation: 'relu',
      ...WEIGHTS,
    },
  };
}

/** The maximum of every 2 × 2 pixels. */
export function maxPooling(name: string): LayerConfig {
  return {
    class_name: 'MaxPooling2D',
    config: { name, pool_size: [2, 2], strides: [2, 2], padding: 'valid' },
  };
}

export function dropout(name: string, rate: number): LayerConfig {
  return { class_name: 'Dropout', config: { name, rate } };
}

export function flatten(name = 'flatten'): LayerConfig {
  return { class_name: 'Flatten', config: { name } };
}
