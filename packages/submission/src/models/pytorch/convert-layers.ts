import { flattened, linearKernel } from './arrays.ts';
import {
  convertAdaptivePooling,
  convertConvolution,
  convertPooling,
  convertZeroPad,
} from './convert-windows.ts';
import { type ChannelsFirst } from './arrays.ts';
import { GraphBuilder, plainArray, type TorchValue } from './graph-builder.ts';
import { describeTorchLayer, type TorchLayer, TorchLayerProblem } from '../../code/torch/layer.ts';
import { Options } from './options.ts';

type Convert = (layer: TorchLayer, value: TorchValue, graph: GraphBuilder) => TorchValue;

/** `torch.nn.Linear`; an image before it is flattened, as a training loop does before it calls the model. */
const linear: Convert = (layer, value, graph) => {
  const options = new Options(layer);
  const inputs = options.whole('in_features');
  const units = options.whole('out_features');
  const bias = options.flag('bias', true);
  const flat = graph.flatten(value);
  if (flat.length !== inputs) {
    throw new TorchLayerProblem(
      `it takes ${inputs} numbers, but what comes before it gives ${flat.length}`,
    );
  }
  const at = graph.add(
    'Dense',
    { units, use_bias: bias, activation: 'linear' },
    [flat.at],
    [
      plainArray(`${layer.name}.weight`, [units, inputs], linearKernel(flat.image)),
      ...(bias ? [plainArray(`${layer.name}.bias`, [units])] : []),
    ],
  );
  return { kind: 'flat', at, length: units, image: null, nonNegative: false };
};

/** `BatchNorm1d` and `BatchNorm2d` as they evaluate: with the running mean and variance. */
const batchNorm: Convert = (layer, value, graph) => {
  const options = new Options(layer);
  const features = options.whole('num_features');
  const affine = options.flag('affine', true);
  options.only('track_running_stats', true);
  const columns = value.kind === 'image' ? value.shape[0] : value.length;
  if (features !== columns) {
    throw new TorchLayerProblem(
      `it takes ${features} features, but what comes before it gives ${columns}`,
    );
  }
  const order = flattened(value.kind === 'flat' ? value.image : null);
  const array = (name: string) => plainArray(`${layer.name}.${name}`, [features], order);
  const at = graph.add(
    'BatchNormalization',
    {
      epsilon: options.number('eps', 1e-5),
      momentum: 1 - options.number('momentum', 0.1),
      scale: affine,
      center: affine,
    },
    [value.at],
    [
      ...(affine ? [array('weight'), array('bias')] : []),
      array('running_mean'),
      array('running_var'),
    ],
  );
  return { ...value, at, nonNegative: false };
};

const dropout: Convert = (layer, value, graph) => {
  const rate = new Options(layer).number('p', 0.5);
  return { ...value, at: graph.add('Dropout', { rate: Math.min(rate, 0.999) }, [value.at]) };
};

function activation(name: string, nonNegative: boolean): Convert {
  return (_, value, graph) => ({
    ...value,
    at: graph.add('Activation', { activation: name }, [value.at]),
    nonNegative,
  });
}

const softmax: Convert = (layer, value, graph) => {
  const dim = layer.options['dim'] ?? 1;
  if (value.kind !== 'flat' || (dim !== 1 && dim !== -1)) {
    throw new TorchLayerProblem('it is a softmax over something else than the classes');
  }
  return activation('softmax', true)(layer, value, graph);
};

const gelu: Convert = (layer, value, graph) => {
  new Options(layer).only('approximate', 'none');
  return activation('gelu', false)(layer, value, graph);
};

/** `Flatten` and the views that say the same. */
const flatten: Convert = (layer, value, graph) => {
  new Options(layer).only('start_dim', 1);
  new Options(layer).only('end_dim', -1);
  return graph.flatten(value);
};

/** A view of each example: of an image that is one already, or of the numbers of a flat one-channel image. */
const reshape: Convert = (layer, value, graph) => {
  const target = new Options(layer).list('shape');
  const size = value.kind === 'image' ? value.shape.reduce((a, b) => a * b, 1) : value.length;
  const known = target.reduce((product, extent) => (extent === -1 ? product : product * extent), 1);
  const shape = target.map((extent) => (extent === -1 ? size / known : extent));
  if (shape.reduce((a, b) => a * b, 1) !== size) {
    throw new TorchLayerProblem(`${size} numbers cannot become ${shape.join(' × ')}`);
  }
  if (shape.length === 1) return graph.flatten(value);
  const [channels = 0, height = 0, width = 0] = shape;
  const before = value.kind === 'image' ? value.shape : value.image;
  const same = before !== null && before.join(' ') === shape.join(' ');
  if (shape.length !== 3 || !(same || channels === 1 || height * width === 1)) {
    throw new TorchLayerProblem(`its view of ${shape.join(' × ')} is not computed`);
  }
  if (value.kind === 'image' && same) return value;
  const at = graph.add('Reshape', { target_shape: [height, width, channels] }, [value.at]);
  const image: ChannelsFirst = [channels, height, width];
  return { kind: 'image', at, shape: image, nonNegative: value.nonNegative };
};

const converters: Readonly<Record<string, Convert>> = {
  Linear: linear,
  Conv2d: convertConvolution,
  MaxPool2d: convertPooling,
  AvgPool2d: convertPooling,
  AdaptiveAvgPool2d: convertAdaptivePooling,
  AdaptiveMaxPool2d: convertAdaptivePooling,
  ZeroPad2d: convertZeroPad,
  BatchNorm1d: batchNorm,
  BatchNorm2d: batchNorm,
  Dropout: dropout,
  Dropout1d: dropout,
  Dropout2d: dropout,
  AlphaDropout: dropout,
  FeatureAlphaDropout: dropout,
  Flatten: flatten,
  Reshape: reshape,
  Unflatten: reshape,
  Identity: (_, value) => value,
  ReLU: activation('relu', true),
  ReLU6: activation('relu6', true),
  Sigmoid: activation('sigmoid', true),
  Tanh: activation('tanh', false),
  SELU: activation('selu', false),
  SiLU: activation('swish', false),
  Softplus: (layer, value, graph) => {
    new Options(layer).only('beta', 1);
    return activation('softplus', true)(layer, value, graph);
  },
  Softsign: activation('softsign', false),
  GELU: gelu,
  Softmax: softmax,
  LeakyReLU: (layer, value, graph) => {
    const alpha = new Options(layer).number('negative_slope', 0.01);
    const at = graph.add('LeakyReLU', { alpha }, [value.at]);
    return { ...value, at, nonNegative: false };
  },
  ELU: (layer, value, graph) => {
    const alpha = new Options(layer).number('alpha', 1);
    return { ...value, at: graph.add('ELU', { alpha }, [value.at]), nonNegative: false };
  },
};

/** Sums and concatenations: what residual and dense connections join their branches with. */
function join(layer: TorchLayer, values: readonly TorchValue[], graph: GraphBuilder): TorchValue {
  const [first, ...others] = values;
  if (first === undefined) throw new TorchLayerProblem('it joins nothing');
  const at = (className: string): number =>
    graph.add(
      className,
      {},
      values.map(({ at: place }) => place),
    );
  const nonNegative = values.every((value) => value.nonNegative);
  if (layer.className === 'Add') {
    if (others.every((value) => sameShape(first, value))) {
      return { ...first, at: at('Add'), nonNegative };
    }
    throw new TorchLayerProblem('it adds outputs of different shapes');
  }
  if (values.every((value) => value.kind === 'image')) {
    const images = values.filter((value) => value.kind === 'image');
    const channels = images.reduce((sum, { shape }) => sum + shape[0], 0);
    const [, height, width] = images[0]?.shape ?? [0, 0, 0];
    return { kind: 'image', at: at('Concatenate'), shape: [channels, height, width], nonNegative };
  }
  const flats = values.filter((value) => value.kind === 'flat');
  if (flats.length === values.length && flats.every(({ image }) => image === null)) {
    const length = flats.reduce((sum, each) => sum + each.length, 0);
    return { kind: 'flat', at: at('Concatenate'), length, image: null, nonNegative };
  }
  throw new TorchLayerProblem('it joins flattened images, which is not computed');
}

function sameShape(a: TorchValue, b: TorchValue): boolean {
  return a.kind === 'image'
    ? b.kind === 'image' && a.shape.join(' ') === b.shape.join(' ')
    : b.kind === 'flat' && a.length === b.length && a.image?.join(' ') === b.image?.join(' ');
}

/** A graph with its arrays, and how the network ends. */
export interface ConvertedGraph extends ReturnType<GraphBuilder['finish']> {
  /** Whether it puts out logits or their logarithmic softmax, so that its loss takes the softmax. */
  readonly fromLogits: boolean;
}

/**
 * The graph of a network of PyTorch's layers on images of `[channels, height, width]`.
 * Throws `TorchLayerProblem` naming the layer for what is not computed and for what does not fit together.
 */
export function convertLayers(layers: readonly TorchLayer[], image: ChannelsFirst): ConvertedGraph {
  const [channels, height, width] = image;
  const graph = new GraphBuilder([height, width, channels]);
  const input: TorchValue = { kind: 'image', at: -1, shape: image, nonNegative: false };
  const values: TorchValue[] = [];
  let fromLogits = true;
  for (const [index, layer] of layers.entries()) {
    const inputs = layer.inbound.map((place) => (place === -1 ? input : values[place]));
    try {
      values.push(convertLayer(layer, inputs.map(present), graph, index === layers.length - 1));
    } catch (error) {
      if (!(error instanceof TorchLayerProblem)) throw error;
      throw new TorchLayerProblem(
        `its layer ${index + 1}, ${describeTorchLayer(layer)}${layer.name === '' ? '' : ` ("${layer.name}")`}: ${error.message}`,
      );
    }
    fromLogits = layer.className !== 'Softmax';
  }
  const finished = graph.finish();
  const last = finished.model.layers.at(-1);
  if (last === undefined || values.at(-1)?.at !== finished.model.layers.length - 1) {
    throw new TorchLayerProblem('it ends in no layer that computes anything');
  }
  return { ...finished, fromLogits };
}

function convertLayer(
  layer: TorchLayer,
  inputs: readonly TorchValue[],
  graph: GraphBuilder,
  last: boolean,
): TorchValue {
  if (layer.className === 'Add' || layer.className === 'Concatenate')
    return join(layer, inputs, graph);
  const [value, ...others] = inputs;
  if (value === undefined || others.length > 0) throw new TorchLayerProblem('it takes one input');
  // A logarithmic softmax at the end changes no predicted class, and the loss that is measured takes the softmax itself.
  if (layer.className === 'LogSoftmax' && last) return value;
  const convert = Object.hasOwn(converters, layer.className)
    ? converters[layer.className]
    : undefined;
  if (convert !== undefined) return convert(layer, value, graph);
  throw new TorchLayerProblem(`${layer.className} is not computed`);
}

function present(value: TorchValue | undefined): TorchValue {
  if (value === undefined) throw new TorchLayerProblem('it takes what comes after it');
  return value;
}
