import type { GraphBuilder, TorchValue } from './graph-builder.ts';
import { plainArray } from './graph-builder.ts';
import { convolutionKernel } from './arrays.ts';
import { type TorchLayer, TorchLayerProblem } from '../../code/torch/layer.ts';
import { Options } from './options.ts';

type Image = Extract<TorchValue, { kind: 'image' }>;
type Pair = readonly [vertical: number, horizontal: number];

/** `torch.nn.Conv2d` without dilation or groups. */
export function convertConvolution(
  layer: TorchLayer,
  value: TorchValue,
  graph: GraphBuilder,
): Image {
  const options = new Options(layer);
  const image = graph.image(value);
  const inputs = options.whole('in_channels');
  const outputs = options.whole('out_channels');
  if (inputs !== image.shape[0]) {
    throw new TorchLayerProblem(
      `it takes ${inputs} channels, but what comes before it gives ${image.shape[0]}`,
    );
  }
  assertPlain(options, inputs);
  const size = options.pair('kernel_size');
  const strides = options.pair('stride', [1, 1]);
  const bias = options.flag('bias', true);
  // PyTorch's "same" puts the odd row and column after the image, as Keras's does; it takes no strides.
  const written = layer.options['padding'] === 'same';
  const sides = written ? halves(size) : paddingOf(layer, options);
  const same = strides[0] === 1 && strides[1] === 1 && (written || isHalf(sides, size));
  if (written && !same) throw new TorchLayerProblem('its padding "same" goes with no strides');
  const from =
    same || (sides[0] === 0 && sides[1] === 0) ? image : pad(image, sides, [0, 0], graph);
  const at = graph.add(
    'Conv2D',
    {
      filters: outputs,
      kernel_size: [...size],
      strides: [...strides],
      padding: same ? 'same' : 'valid',
      use_bias: bias,
      activation: 'linear',
    },
    [from.at],
    [
      plainArray(`${layer.name}.weight`, [outputs, inputs, ...size], convolutionKernel),
      ...(bias ? [plainArray(`${layer.name}.bias`, [outputs])] : []),
    ],
  );
  const [height, width] = written
    ? [image.shape[1], image.shape[2]]
    : places(image, size, strides, sides, false);
  return { kind: 'image', at, shape: [outputs, height, width], nonNegative: false };
}

/** `MaxPool2d` and `AvgPool2d`. A maximum is padded with −∞ in PyTorch; zeros do as well where nothing is below zero. */
export function convertPooling(layer: TorchLayer, value: TorchValue, graph: GraphBuilder): Image {
  const options = new Options(layer);
  const image = graph.image(value);
  const maximum = layer.className === 'MaxPool2d';
  const size = options.pair('kernel_size');
  const strides = options.pair('stride', size);
  const sides = options.pair('padding', [0, 0]);
  const ceil = options.flag('ceil_mode', false);
  options.only('dilation', 1);
  options.only('return_indices', false);
  const counted = options.flag('count_include_pad', true);
  const out = places(image, size, strides, sides, ceil);
  const beyond: Pair = [
    Math.max(0, (out[0] - 1) * strides[0] + size[0] - image.shape[1] - 2 * sides[0]),
    Math.max(0, (out[1] - 1) * strides[1] + size[1] - image.shape[2] - 2 * sides[1]),
  ];
  const padded = [...sides, ...beyond].some((side) => side > 0);
  if (padded && maximum && !image.nonNegative) {
    throw new TorchLayerProblem('it pads the maximum of values that may be below zero');
  }
  if (padded && !maximum && (beyond[0] > 0 || beyond[1] > 0 || !counted)) {
    throw new TorchLayerProblem('its average leaves padding out in a way that is not computed');
  }
  const from = padded ? pad(image, sides, beyond, graph) : image;
  const at = graph.add(
    maximum ? 'MaxPooling2D' : 'AveragePooling2D',
    { pool_size: [...size], strides: [...strides], padding: 'valid' },
    [from.at],
  );
  return { kind: 'image', at, shape: [image.shape[0], ...out], nonNegative: image.nonNegative };
}

/** `AdaptiveAvgPool2d` and `AdaptiveMaxPool2d` to a size that divides the image. */
export function convertAdaptivePooling(
  layer: TorchLayer,
  value: TorchValue,
  graph: GraphBuilder,
): Image {
  const image = graph.image(value);
  const [channels, height, width] = image.shape;
  const out = new Options(layer).pair('output_size');
  const kind = layer.className === 'AdaptiveMaxPool2d' ? 'Max' : 'Average';
  if (out[0] === height && out[1] === width) return image;
  if (out[0] === 1 && out[1] === 1) {
    const at = graph.add(`Global${kind}Pooling2D`, { keepdims: true }, [image.at]);
    return { ...image, at, shape: [channels, 1, 1] };
  }
  const size = [height / out[0], width / out[1]];
  if (!size.every((each) => Number.isSafeInteger(each) && each > 0)) {
    throw new TorchLayerProblem(
      `its output of ${out[0]} × ${out[1]} does not divide its input of ${height} × ${width}`,
    );
  }
  const at = graph.add(`${kind}Pooling2D`, { pool_size: size, strides: size, padding: 'valid' }, [
    image.at,
  ]);
  return { ...image, at, shape: [channels, out[0], out[1]] };
}

/** `ZeroPad2d`: one number, or (left, right, top, bottom). */
export function convertZeroPad(layer: TorchLayer, value: TorchValue, graph: GraphBuilder): Image {
  const image = graph.image(value);
  const given = new Options(layer).list('padding');
  const [left = 0, right = left, top = left, bottom = left] = given;
  const at = graph.add(
    'ZeroPadding2D',
    {
      padding: [
        [top, bottom],
        [left, right],
      ],
    },
    [image.at],
  );
  const [channels, height, width] = image.shape;
  return { ...image, at, shape: [channels, height + top + bottom, width + left + right] };
}

/** Refuses convolutions whose windows have holes, and those whose channels go in groups. */
function assertPlain(options: Options, channels: number): void {
  const groups = options.whole('groups', 1);
  if (groups === channels && groups > 1) {
    throw new TorchLayerProblem(
      `it is a depthwise convolution (groups=${groups}, one channel each), which is not computed`,
    );
  }
  if (groups !== 1) {
    throw new TorchLayerProblem(
      `its channels go in groups (groups=${groups}), which is not computed`,
    );
  }
  const [vertical, horizontal] = options.pair('dilation', [1, 1]);
  if (vertical !== 1 || horizontal !== 1) {
    throw new TorchLayerProblem(
      `its windows have holes (dilation=${vertical === horizontal ? vertical : `(${vertical}, ${horizontal})`}), which is not computed`,
    );
  }
  options.only('padding_mode', 'zeros');
}

function paddingOf(layer: TorchLayer, options: Options): Pair {
  return layer.options['padding'] === 'valid' ? [0, 0] : options.pair('padding', [0, 0]);
}

/** What keeps the size of an image before it; after it stands as much, and one more for an even kernel. */
function halves([height, width]: Pair): Pair {
  return [Math.floor((height - 1) / 2), Math.floor((width - 1) / 2)];
}

/** Whether the padding is what keeps the size of an image under an odd kernel. */
function isHalf(sides: Pair, size: Pair): boolean {
  return sides.every((side, axis) => 2 * side + 1 === size[axis] && side > 0);
}

function pad(image: Image, [vertical, horizontal]: Pair, beyond: Pair, graph: GraphBuilder): Image {
  const at = graph.add(
    'ZeroPadding2D',
    {
      padding: [
        [vertical, vertical + beyond[0]],
        [horizontal, horizontal + beyond[1]],
      ],
    },
    [image.at],
  );
  return { ...image, at };
}

/**
 * PyTorch's number of places: ⌊(extent + 2·padding − size) / stride⌋ + 1, rounded up with `ceil_mode`, where a window
 * that would begin in the padding after the image is left out (`pooling_output_shape` in ATen's `Pool.h`).
 */
function places(image: Image, size: Pair, strides: Pair, sides: Pair, ceil: boolean): Pair {
  const along = (axis: 0 | 1): number => {
    const extent = image.shape[axis + 1] ?? 0;
    const steps = (extent + 2 * sides[axis] - size[axis]) / (strides[axis] || 1);
    const count = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    const begins = (count - 1) * strides[axis];
    return ceil && begins >= extent + sides[axis] ? count - 1 : count;
  };
  const found: Pair = [along(0), along(1)];
  if (found[0] >= 1 && found[1] >= 1 && strides[0] >= 1 && strides[1] >= 1) return found;
  throw new TorchLayerProblem(
    `its window of ${size[0]} × ${size[1]} does not fit into its input of ${image.shape[1]} × ${image.shape[2]}`,
  );
}
