import type { ModelPlan } from '@labproof/core';
import { describeTorchLayer, type TorchOption } from '../code/torch/layer.ts';

/** A layer as networks are compared by it, with the number of channels or values that it takes. */
export interface WordedLayer {
  readonly className: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputShape: ModelPlan['inputShape'];
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'ReLU()',
  relu6: 'ReLU6()',
  sigmoid: 'Sigmoid()',
  tanh: 'Tanh()',
  softmax: 'Softmax(dim=1)',
  selu: 'SELU()',
  elu: 'ELU()',
  softplus: 'Softplus()',
  softsign: 'Softsign()',
  gelu: 'GELU()',
  swish: 'SiLU()',
};

/**
 * A layer in PyTorch's words, an activation that belongs to it after it: `Conv2d(1, 32, kernel_size=3), ReLU()`. A softmax at
 * the end is left to the loss, as PyTorch's CrossEntropyLoss takes it. `null` for layers that PyTorch has not.
 */
export function torchWords(layer: WordedLayer): string | null {
  const { options } = layer;
  const plain = plainWords(layer);
  const { activation } = options;
  if (plain === null || typeof activation !== 'string' || activation === 'linear') return plain;
  const after = ACTIVATIONS[activation] ?? activation;
  return plain === '' ? after : `${plain}, ${after}`;
}

function plainWords({ className, options, inputShape }: WordedLayer): string | null {
  const inputs = inputShape.at(-1) ?? 0;
  const written = (name: string, given: Record<string, TorchOption>): string =>
    describeTorchLayer({ className: name, name: '', inbound: [], options: given });
  const bias = options['use_bias'] === false ? { bias: false } : {};
  switch (className) {
    case 'Dense':
      return written('Linear', {
        in_features: inputs,
        out_features: Number(options['units']),
        ...bias,
      });
    case 'Conv2D': {
      const padding = options['padding'] === 'same' ? { padding: 'same' } : {};
      return written('Conv2d', {
        in_channels: inputs,
        out_channels: Number(options['filters']),
        kernel_size: pair(options['kernel_size']),
        ...unless(options['strides'], 1, 'stride'),
        ...padding,
        ...bias,
      });
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const size = pair(options['pool_size']);
      const stride = pair(options['strides']);
      const same = JSON.stringify(size) === JSON.stringify(stride);
      return written(className === 'MaxPooling2D' ? 'MaxPool2d' : 'AvgPool2d', {
        kernel_size: size,
        ...(same ? {} : { stride }),
      });
    }
    case 'GlobalAveragePooling2D':
      return 'AdaptiveAvgPool2d(1)';
    case 'GlobalMaxPooling2D':
      return 'AdaptiveMaxPool2d(1)';
    case 'BatchNormalization':
      return written(inputShape.length === 3 ? 'BatchNorm2d' : 'BatchNorm1d', {
        num_features: inputs,
        eps: Number(options['epsilon']),
      });
    case 'Dropout':
      return written('Dropout', { p: Number(options['rate']) });
    case 'Flatten':
      return 'Flatten()';
    case 'Activation':
      return '';
    default:
      return null;
  }
}

function pair(value: unknown): TorchOption {
  const [vertical, horizontal] = Array.isArray(value) ? value.map(Number) : [Number(value)];
  if (vertical === undefined) return null;
  return horizontal === undefined || horizontal === vertical ? vertical : [vertical, horizontal];
}

function unless(value: unknown, usual: number, name: string): Record<string, TorchOption> {
  const given = pair(value ?? usual);
  return given === usual || given === null ? {} : { [name]: given };
}
