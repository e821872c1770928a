import { sizeOf } from '../../../layers/layer.ts';
import { imageShape, WindowSchema, windowsOver } from '../../../layers/window.ts';
import type { PlannedLayer } from '../../../model/plan.ts';
import { pure, type TfjsContext, type TfjsLayer, type TfjsOperation } from './layer.ts';
import type { Tensor, Tensor4D, TensorFlow } from '../tensorflow.ts';

/** The window of a layer whose options name its size so. */
function windowOf({ config }: PlannedLayer): ReturnType<typeof WindowSchema.parse> {
  const { pool_size: size, strides, padding } = config;
  return WindowSchema.parse({ size, strides, padding });
}

export const maxPooling: TfjsLayer = {
  kernels: ['MaxPoolGrad'],
  build(layer, { tf }) {
    const { size, strides, padding } = windowOf(layer);
    return [pure((x) => tf.maxPool(x as Tensor4D, size, strides, padding))];
  },
};

/**
 * Averages that leave padding out. TensorFlow.js's own gradient divides by the whole window also where part of it
 * stands over the edge, so the image is padded first and the averages are scaled up again.
 */
export const averagePooling: TfjsLayer = {
  kernels: ['AvgPoolGrad'],
  build(layer, context) {
    const { tf } = context;
    const { size, strides } = windowOf(layer);
    const { before, after } = paddingOf(layer);
    if (sizeOf([...before, ...after].map((extent) => extent + 1)) === 1) {
      return [pure((x) => tf.avgPool(x as Tensor4D, size, strides, 'valid'))];
    }
    const sides: [number, number][] = [
      [0, 0],
      [before[0], after[0]],
      [before[1], after[1]],
      [0, 0],
    ];
    const pool = (x: Tensor): Tensor =>
      tf.avgPool(tf.pad(x, sides) as Tensor4D, size, strides, 'valid');
    return [pure((x) => tf.div(pool(x), pool(tf.onesLike(x))))];
  },
};

/** One window as large as the image, so that of equal largest values the first alone gets the gradient. */
export const globalMaxPooling: TfjsLayer = {
  kernels: ['MaxPoolGrad'],
  build(layer, { tf }) {
    const [height, width] = imageShape(layer.inputShape);
    return [
      pure((x) => tf.maxPool(x as Tensor4D, [height, width], 1, 'valid')),
      ...reshaped(layer, tf),
    ];
  },
};

export const globalAveragePooling: TfjsLayer = {
  kernels: [],
  build: (layer, { tf }) => [pure((x) => tf.mean(x, [1, 2])), ...reshaped(layer, tf)],
};

export const zeroPadding: TfjsLayer = {
  kernels: [],
  build({ config }, { tf }: TfjsContext) {
    const [vertical, horizontal] = config['padding'] as [[number, number], [number, number]];
    return [pure((x) => tf.pad(x, [[0, 0], vertical, horizontal, [0, 0]]))];
  },
};

/** Gives every example the layer's output shape. */
export function reshaped({ outputShape }: PlannedLayer, tf: TensorFlow): TfjsOperation[] {
  return [pure((x) => tf.reshape(x, [x.shape[0] ?? 0, ...outputShape]))];
}

/** What the windows lack before and after the image, vertically and horizontally. */
function paddingOf(layer: PlannedLayer): {
  before: readonly [number, number];
  after: readonly [number, number];
} {
  const window = windowOf(layer);
  const [height, width] = imageShape(layer.inputShape);
  const { padding: before, places } = windowsOver(layer.inputShape, window);
  const after = (axis: 0 | 1, extent: number): number =>
    Math.max(
      (places[axis] - 1) * window.strides[axis] + window.size[axis] - extent - before[axis],
      0,
    );
  return { before, after: [after(0, height), after(1, width)] };
}
