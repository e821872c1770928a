import type { PlannedLayer } from '../../src/index.ts';

/* Layers as plainly as float64 and `Math` allow, written from the definitions and not from the kernels. */

type Array64 = Float64Array;

/** Images of one batch as `[rows, height, width, channels]`; reading outside gives 0. */
class Images {
  readonly values: Array64;
  readonly shape: readonly [height: number, width: number, channels: number];

  constructor(values: Array64, shape: readonly number[]) {
    this.values = values;
    this.shape = shape as [number, number, number];
  }

  inside(y: number, x: number): boolean {
    return y >= 0 && y < this.shape[0] && x >= 0 && x < this.shape[1];
  }

  at(row: number, y: number, x: number, channel: number): number {
    const [height, width, channels] = this.shape;
    return this.inside(y, x)
      ? this.values[((row * height + y) * width + x) * channels + channel]!
      : 0;
  }
}

/** Fills `[rows, ...shape]` position by position. */
function fill(
  rows: number,
  shape: readonly number[],
  value: (row: number, y: number, x: number, channel: number) => number,
): Array64 {
  const [height = 1, width = 1, channels = 1] = shape;
  const output = new Float64Array(rows * height * width * channels);
  let index = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        for (let c = 0; c < channels; c += 1) output[index++] = value(row, y, x, c);
      }
    }
  }
  return output;
}

/** Where TensorFlow's windows begin: at 0 for "valid", centred with the odd pixel after for "same". */
function origin(padding: unknown, extent: number, size: number, stride: number): number {
  if (padding === 'valid') return 0;
  const places = Math.ceil(extent / stride);
  return -Math.floor(Math.max((places - 1) * stride + size - extent, 0) / 2);
}

/** The error function: its Taylor series, and the continued fraction of erfc where that is better. */
export function erf(x: number): number {
  if (Math.abs(x) > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k -= 1) fraction = k / 2 / (Math.abs(x) + fraction);
    const rest = Math.exp(-x * x) / Math.sqrt(Math.PI) / (Math.abs(x) + fraction);
    return Math.sign(x) * (1 - rest);
  }
  let term = x;
  let sum = x;
  for (let n = 1; n < 80; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

export const activations64: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  softsign: (x) => x / (1 + Math.abs(x)),
  exponential: Math.exp,
  hard_sigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  leaky_relu: (x) => (x > 0 ? x : 0.2 * x),
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  swish: (x) => x / (1 + Math.exp(-x)),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
};

function softmax(x: Array64, columns: number): Array64 {
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += columns) {
    const row = x.subarray(start, start + columns);
    const maximum = Math.max(...row);
    const sum = row.reduce((total, value) => total + Math.exp(value - maximum), 0);
    for (const [c, value] of row.entries()) y[start + c] = Math.exp(value - maximum) / sum;
  }
  return y;
}

function activate(name: unknown, x: Array64, columns: number): Array64 {
  if (name === 'softmax') return softmax(x, columns);
  const apply = activations64[String(name)];
  if (apply === undefined) throw new Error(`no reference for ${String(name)}`);
  return x.map(apply);
}

function pooled(
  layer: PlannedLayer,
  x: Images,
  rows: number,
  reduce: (taps: number[]) => number,
): Array64 {
  const [height, width, channels] = x.shape;
  const global = layer.className.startsWith('Global');
  const size = global ? [height, width] : (layer.config['pool_size'] as number[]);
  const strides = global ? [1, 1] : (layer.config['strides'] as number[]);
  const padding = global ? 'valid' : layer.config['padding'];
  const top = origin(padding, height, size[0]!, strides[0]!);
  const left = origin(padding, width, size[1]!, strides[1]!);
  const shape = global ? [1, 1, channels] : layer.outputShape;
  return fill(rows, shape, (row, oy, ox, channel) => {
    const taps: number[] = [];
    for (let y = 0; y < size[0]!; y += 1) {
      for (let column = 0; column < size[1]!; column += 1) {
        const [iy, ix] = [top + oy * strides[0]! + y, left + ox * strides[1]! + column];
        if (x.inside(iy, ix)) taps.push(x.at(row, iy, ix, channel));
      }
    }
    return reduce(taps);
  });
}

function convolved(layer: PlannedLayer, x: Images, rows: number, weights: Array64[]): Array64 {
  const [height, width, channels] = x.shape;
  const filters = layer.outputShape[2]!;
  const size = layer.config['kernel_size'] as number[];
  const strides = layer.config['strides'] as number[];
  const top = origin(layer.config['padding'], height, size[0]!, strides[0]!);
  const left = origin(layer.config['padding'], width, size[1]!, strides[1]!);
  const [kernel, bias] = weights;
  return fill(rows, layer.outputShape, (row, oy, ox, filter) => {
    let sum = bias?.[filter] ?? 0;
    for (let y = 0; y < size[0]!; y += 1) {
      for (let column = 0; column < size[1]!; column += 1) {
        for (let c = 0; c < channels; c += 1) {
          const [iy, ix] = [top + oy * strides[0]! + y, left + ox * strides[1]! + column];
          const weight = kernel![((y * size[1]! + column) * channels + c) * filters + filter]!;
          sum += x.at(row, iy, ix, c) * weight;
        }
      }
    }
    return sum;
  });
}

/** Batch normalisation with the batch's own moments. */
function normalized(layer: PlannedLayer, x: Array64, weights: Array64[]): Array64 {
  const columns = layer.inputShape.at(-1)!;
  const rows = x.length / columns;
  const { scale, center, epsilon } = layer.config as {
    scale: boolean;
    center: boolean;
    epsilon: number;
  };
  const given = [...weights];
  const gamma = scale ? given.shift() : undefined;
  const beta = center ? given.shift() : undefined;
  const column = (c: number): number[] =>
    Array.from({ length: rows }, (_, row) => x[row * columns + c]!);
  const mean = (values: number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const y = new Float64Array(x.length);
  for (let c = 0; c < columns; c += 1) {
    const middle = mean(column(c));
    const variance = mean(column(c).map((value) => (value - middle) ** 2));
    for (let row = 0; row < rows; row += 1) {
      const normal = (x[row * columns + c]! - middle) / Math.sqrt(variance + epsilon);
      y[row * columns + c] = normal * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0);
    }
  }
  return y;
}

/** The output of one layer in training, in float64. */
export function forward64(
  layer: PlannedLayer,
  x: Array64,
  rows: number,
  weights: Array64[],
): Array64 {
  const { config, inputShape, outputShape } = layer;
  const columns = outputShape.at(-1)!;
  const images = new Images(x, inputShape);
  switch (layer.className) {
    case 'Dense': {
      const [kernel, bias] = weights;
      const inputs = inputShape[0]!;
      const sums = fill(rows, outputShape, (row, unit) =>
        kernel!.reduce(
          (sum, weight, index) =>
            index % columns === unit
              ? sum + x[row * inputs + Math.floor(index / columns)]! * weight
              : sum,
          bias?.[unit] ?? 0,
        ),
      );
      return activate(config['activation'], sums, columns);
    }
    case 'Conv2D':
      return activate(config['activation'], convolved(layer, images, rows, weights), columns);
    case 'MaxPooling2D':
    case 'GlobalMaxPooling2D':
      return pooled(layer, images, rows, (taps) => Math.max(...taps));
    case 'AveragePooling2D':
    case 'GlobalAveragePooling2D':
      return pooled(
        layer,
        images,
        rows,
        (taps) => taps.reduce((sum, tap) => sum + tap, 0) / taps.length,
      );
    case 'ZeroPadding2D': {
      const [[top], [left]] = config['padding'] as [[number, number], [number, number]];
      return fill(rows, outputShape, (row, y, column, c) =>
        images.at(row, y - top, column - left, c),
      );
    }
    case 'BatchNormalization':
      return normalized(layer, x, weights);
    case 'Activation':
      return activate(config['activation'], x, columns);
    case 'Softmax':
      return softmax(x, columns);
    case 'LeakyReLU':
      return x.map((value) => (value > 0 ? value : (config['alpha'] as number) * value));
    case 'ELU':
      return x.map((value) =>
        value > 0 ? value : (config['alpha'] as number) * Math.expm1(value),
      );
    case 'ReLU': {
      const { max_value: maximum, negative_slope: slope } = config as {
        max_value: number | null;
        negative_slope: number;
      };
      return x.map((value) => (value > 0 ? Math.min(value, maximum ?? Infinity) : slope * value));
    }
    case 'Rescaling': {
      const { scale, offset } = config as { scale: number; offset: number };
      return x.map((value) => value * scale + offset);
    }
    case 'Flatten':
    case 'Reshape':
      return x;
    default:
      throw new Error(`no reference for ${layer.className}`);
  }
}
