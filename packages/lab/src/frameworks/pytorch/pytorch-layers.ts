import { type PlannedLayer, planModel, type Recipe } from '@labproof/core';
import { call, literal, named } from '../python.ts';
import { activationModules } from './pytorch-activations.ts';

/** A layer that PyTorch does not have, or not in a form that can be written in a line. */
class NoCounterpart extends Error {}

type Config = Readonly<Record<string, unknown>>;
type Write = (layer: PlannedLayer, config: Config) => readonly string[];

/** A pair of extents as PyTorch's modules take it: one number where both are the same. */
function pair(value: unknown): string {
  const [first, second] = Array.isArray(value) ? value : [value, value];
  return first === second ? literal(first) : literal([first, second]);
}

const pairOf = (value: unknown, fallback: number): readonly [number, number] => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const [first, second] = list.map((each) => (typeof each === 'number' ? each : fallback));
  return [first ?? fallback, second ?? fallback];
};

const activated = (modules: readonly string[], config: Config): readonly string[] => {
  const after = activationModules(config['activation']);
  if (after === null) throw new NoCounterpart(`the activation ${literal(config['activation'])}`);
  return [...modules, ...after];
};

/** A window over an image is given by its last two extents; colours come last in Keras and first in PyTorch. */
function imageOf({ inputShape, className }: PlannedLayer): readonly [number, number, number] {
  const [height, width, channels] = inputShape;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new NoCounterpart(`${className} on something else than images`);
  }
  return [height, width, channels];
}

/** Rows and columns that Keras's `padding="same"` adds, all of them and those before the image. */
function samePadding(extent: number, size: number, stride: number): readonly [number, number] {
  const places = Math.ceil(extent / stride);
  const total = Math.max(0, (places - 1) * stride + size - extent);
  return [total, Math.floor(total / 2)];
}

const convolution: Write = (layer, config) => {
  const [height, width, channels] = imageOf(layer);
  for (const option of ['dilation_rate', 'groups']) {
    if (!['undefined', '1', '1,1'].includes(String(config[option]))) {
      throw new NoCounterpart(`the ${option} of a convolution`);
    }
  }
  const size = pairOf(config['kernel_size'], 1);
  const strides = pairOf(config['strides'], 1);
  const down = samePadding(height, size[0], strides[0]);
  const right = samePadding(width, size[1], strides[1]);
  const same = config['padding'] === 'same';
  const even = down[0] === 2 * down[1] && right[0] === 2 * right[1];
  const plain = strides[0] === 1 && strides[1] === 1;
  const before =
    same && !even && !plain
      ? [`nn.ZeroPad2d(${literal([right[1], right[0] - right[1], down[1], down[0] - down[1]])})`]
      : [];
  const padding = even ? pair([down[1], right[1]]) : '"same"';
  const convolved = call('nn.Conv2d', [
    `${channels}`,
    literal(config['filters']),
    pair(size),
    ...(plain ? [] : [`stride=${pair(strides)}`]),
    ...(same && (even || plain) && padding !== '0' ? [`padding=${padding}`] : []),
    ...(config['use_bias'] === false ? ['bias=False'] : []),
  ]);
  return activated([...before, convolved], config);
};

const pooling: Write = (layer, config) => {
  const [height, width] = imageOf(layer);
  const size = pairOf(config['pool_size'], 2);
  const strides = pairOf(config['strides'] ?? config['pool_size'], 2);
  let ceil = false;
  if (config['padding'] === 'same') {
    const down = samePadding(height, size[0], strides[0]);
    const right = samePadding(width, size[1], strides[1]);
    if (down[1] + right[1] > 0) throw new NoCounterpart('a pooling with padding before the image');
    // A last window that is not full is what `ceil_mode` keeps.
    ceil = down[0] + right[0] > 0;
  }
  return [
    call(layer.className === 'MaxPooling2D' ? 'nn.MaxPool2d' : 'nn.AvgPool2d', [
      pair(size),
      ...(pair(size) === pair(strides) ? [] : [`stride=${pair(strides)}`]),
      ...(ceil ? ['ceil_mode=True'] : []),
    ]),
  ];
};

const globalPooling: Write = ({ className }, config) => [
  `nn.Adaptive${className === 'GlobalMaxPooling2D' ? 'Max' : 'Avg'}Pool2d(1)`,
  ...(config['keepdims'] === true ? [] : ['nn.Flatten()']),
];

const batchNormalization: Write = ({ inputShape }, config) => {
  const { epsilon = 1e-3, momentum = 0.99, scale = true, center = true } = config;
  if (scale !== center)
    throw new NoCounterpart('a batch normalisation with one of scale and center');
  const options = {
    eps: epsilon,
    // PyTorch's is the share of the new batch, Keras's that of what was before.
    momentum: Number((1 - Number(momentum)).toPrecision(12)),
    affine: scale === false ? false : undefined,
  };
  const name = inputShape.length === 3 ? 'nn.BatchNorm2d' : 'nn.BatchNorm1d';
  return [call(name, [`${inputShape.at(-1) ?? 1}`, ...named(options)])];
};

const zeroPadding: Write = (_, config) => {
  const sides: readonly unknown[] = Array.isArray(config['padding'])
    ? config['padding']
    : [config['padding'], config['padding']];
  const [down = [1, 1], right = [1, 1]] = sides.map((side) => pairOf(side, 1));
  return [`nn.ZeroPad2d(${literal([...right, ...down])})`];
};

const writers: Readonly<Record<string, Write>> = {
  Dense: ({ inputShape, className }, config) => {
    if (inputShape.length !== 1)
      throw new NoCounterpart(`${className} on something else than a row`);
    const linear = call('nn.Linear', [
      `${inputShape[0] ?? 1}`,
      literal(config['units']),
      ...(config['use_bias'] === false ? ['bias=False'] : []),
    ]);
    return activated([linear], config);
  },
  Conv2D: convolution,
  MaxPooling2D: pooling,
  AveragePooling2D: pooling,
  GlobalAveragePooling2D: globalPooling,
  GlobalMaxPooling2D: globalPooling,
  Flatten: ({ inputShape }) => (inputShape.length === 1 ? [] : ['nn.Flatten()']),
  Dropout: (_, config) => [`nn.Dropout(${literal(config['rate'])})`],
  SpatialDropout2D: (_, config) => [`nn.Dropout2d(${literal(config['rate'])})`],
  BatchNormalization: batchNormalization,
  ZeroPadding2D: zeroPadding,
  Activation: (_, config) => activated([], config),
  ReLU: (_, config) => {
    const maximum = config['max_value'] ?? null;
    if (maximum !== null && maximum !== 6) throw new NoCounterpart('a ReLU with a maximum');
    return [maximum === null ? 'nn.ReLU()' : 'nn.ReLU6()'];
  },
  LeakyReLU: (_, config) => [
    `nn.LeakyReLU(${literal(config['alpha'] ?? config['negative_slope'] ?? 0.3)})`,
  ],
  ELU: (_, config) => [`nn.ELU(${literal(config['alpha'] ?? 1)})`],
  Softmax: () => ['nn.Softmax(dim=1)'],
};

/** The modules of a network, in order, or what of it PyTorch has not. */
export type PytorchModules =
  | { readonly modules: readonly string[]; readonly problem: null }
  | { readonly modules: null; readonly problem: string };

/**
 * A recipe's network as PyTorch's modules on images of channels × height × width. A softmax at the end that a crossentropy
 * takes is left to `CrossEntropyLoss`, which has it.
 */
export function pytorchModules(recipe: Recipe): PytorchModules {
  const { layers } = planModel(recipe.model);
  const configs = recipe.model.layers.filter(({ class_name: name }) => name !== 'InputLayer');
  // Images come as images; what takes them as a row has them flattened first.
  const modules: string[] = recipe.inputShape.length === 1 ? ['nn.Flatten()'] : [];
  try {
    for (const [index, layer] of layers.entries()) {
      const write = Object.hasOwn(writers, layer.className) ? writers[layer.className] : undefined;
      if (write === undefined) throw new NoCounterpart(`the layer ${layer.className}`);
      if (index === 0 && recipe.inputShape.length === 2 && layer.className !== 'Flatten') {
        throw new NoCounterpart(`${layer.className} on images without channels`);
      }
      modules.push(...write(layer, configs[index]?.config ?? {}));
    }
  } catch (error) {
    if (!(error instanceof NoCounterpart)) throw error;
    return { modules: null, problem: error.message };
  }
  if (recipe.loss.endsWith('categorical_crossentropy')) {
    if (modules.at(-1) !== 'nn.Softmax(dim=1)') {
      return {
        modules: null,
        problem: 'a crossentropy of outputs that are no softmax',
      };
    }
    modules.pop();
  }
  return { modules, problem: null };
}
