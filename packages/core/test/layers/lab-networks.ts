import type { SequentialConfig } from '../../src/index.ts';

type Layer = [className: string, config: Record<string, unknown>];

const conv = (filters: number, size = 3, more: Record<string, unknown> = {}): Layer => [
  'Conv2D',
  { filters, kernel_size: [size, size], activation: 'relu', ...more },
];
const same = { padding: 'same' };
const pool: Layer = ['MaxPooling2D', { pool_size: [2, 2] }];
const dropout = (rate: number): Layer => ['Dropout', { rate }];
const flatten: Layer = ['Flatten', {}];
const dense = (units: number, activation = 'relu'): Layer => ['Dense', { units, activation }];
const output = dense(10, 'softmax');

function sequential(inputShape: number[], layers: Layer[]): SequentialConfig {
  return {
    name: 'sequential',
    layers: layers.map(([className, config], index) => ({
      class_name: className,
      config: {
        name: `${className.toLowerCase()}_${index}`,
        ...(index === 0 ? { batch_input_shape: [null, ...inputShape] } : {}),
        ...config,
      },
    })),
  };
}

const MNIST = [28, 28, 1];
const CIFAR = [32, 32, 3];

const twoBlocks = (filters: number): Layer[] => [
  conv(32, 3, same),
  conv(32),
  pool,
  dropout(0.25),
  conv(filters, 3, same),
  conv(filters),
  pool,
  dropout(0.25),
  flatten,
  dense(512),
  dropout(0.5),
  output,
];

const workbook = (secondSize: number): Layer[] => [
  conv(32, 5, same),
  pool,
  conv(64, secondSize, same),
  pool,
  dropout(0.25),
  flatten,
  dense(1000),
  dropout(0.5),
  output,
];

/** The networks of the labs: what their documents print as the number of parameters, and how the images shrink. */
export const labNetworks: {
  name: string;
  parameters: number;
  flat: number;
  model: SequentialConfig;
}[] = [
  {
    name: 'mnist-cnn',
    parameters: 1_199_882,
    flat: 9216,
    model: sequential(MNIST, [conv(32), conv(64), pool, flatten, dense(128), output]),
  },
  {
    name: 'cifar10-cnn',
    parameters: 624_106,
    flat: 1152,
    model: sequential(CIFAR, twoBlocks(32)),
  },
  {
    name: 'cifar10-cnn-augmented',
    parameters: 1_250_858,
    flat: 2304,
    model: sequential(CIFAR, twoBlocks(64)),
  },
  {
    name: 'keras-tutorial mnist-cnn',
    parameters: 225_162,
    flat: 1024,
    model: sequential(MNIST, [
      conv(32),
      conv(64),
      pool,
      dropout(0.25),
      conv(64),
      conv(64),
      pool,
      dropout(0.25),
      flatten,
      dense(128),
      dropout(0.5),
      output,
    ]),
  },
  {
    name: 'workbook with a second kernel of 5 × 5',
    parameters: 3_199_106,
    flat: 3136,
    model: sequential(MNIST, workbook(5)),
  },
  {
    name: 'workbook with a second kernel of 2 × 2',
    parameters: 3_156_098,
    flat: 3136,
    model: sequential(MNIST, workbook(2)),
  },
  {
    name: 'mnist-mlp-512',
    parameters: 932_362,
    flat: 784,
    model: sequential(MNIST, [
      flatten,
      dense(512),
      dropout(0.2),
      dense(512),
      dropout(0.2),
      dense(512),
      dropout(0.2),
      output,
    ]),
  },
];
