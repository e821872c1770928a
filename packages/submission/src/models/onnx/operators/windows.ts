import { type OnnxGraphBuilder, plain, type Weights } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { convolutionKernel } from '../../pytorch/arrays.ts';
import { notComputed } from '../problem.ts';
import type { Constant } from '../tensors.ts';
import type { Dynamic } from '../values.ts';
import type { Operators } from './table.ts';

type Pair = readonly [vertical: number, horizontal: number];
/** How far a window stands out over the image. */
interface Sides {
  readonly before: Pair;
  readonly after: Pair;
}

interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly sides: Sides;
  readonly places: Pair;
}

function pair(values: readonly number[], what: string): Pair {
  const [vertical, horizontal] = values;
  if (values.length !== 2 || vertical === undefined || horizontal === undefined) {
    throw notComputed(`its ${what} is for ${values.length} directions, and images have two`);
  }
  if (![vertical, horizontal].every((each) => Number.isSafeInteger(each) && each >= 0)) {
    throw notComputed(`its ${what} of ${values.join(', ')} is not computed`);
  }
  return [vertical, horizontal];
}

/** TensorFlow's "same": ⌈extent / stride⌉ places, half of what they lack before the image. */
function lacking(extent: number, size: number, stride: number): number {
  return Math.max((Math.ceil(extent / stride) - 1) * stride + size - extent, 0);
}

/** The window of a node over an image, by ONNX's rules (`Conv` and `MaxPool` in its list of operators). */
function windowOf(node: Node, size: Pair, extents: Pair): Window {
  const strides = pair(node.integers('strides', [1, 1]), 'stride');
  node.only('dilations', 1);
  const sides = sidesOf(node, size, strides, extents);
  const ceil = node.integer('ceil_mode', 0) === 1;
  const along = (axis: 0 | 1): number => {
    const [before, after] = [sides.before[axis], sides.after[axis]];
    const steps = (extents[axis] + before + after - size[axis]) / strides[axis];
    const count = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // A window that would begin after the image is left out.
    return ceil && (count - 1) * strides[axis] >= extents[axis] + before ? count - 1 : count;
  };
  const places: Pair = [along(0), along(1)];
  if (!places.every((count) => Number.isSafeInteger(count) && count >= 1)) {
    throw notComputed(
      `its window of ${size[0]} × ${size[1]} does not fit into its input of ${extents[0]} × ${extents[1]}`,
    );
  }
  return { size, strides, sides, places };
}

function sidesOf(node: Node, size: Pair, strides: Pair, extents: Pair): Sides {
  const kind = node.text('auto_pad', 'NOTSET');
  if (kind === 'VALID') return { before: [0, 0], after: [0, 0] };
  if (kind === 'SAME_UPPER' || kind === 'SAME_LOWER') {
    const side = (axis: 0 | 1): Pair => {
      const lack = lacking(extents[axis], size[axis], strides[axis]);
      const small = Math.floor(lack / 2);
      return kind === 'SAME_UPPER' ? [small, lack - small] : [lack - small, small];
    };
    const [vertical, horizontal] = [side(0), side(1)];
    return {
      before: [vertical[0], horizontal[0]],
      after: [vertical[1], horizontal[1]],
    };
  }
  const pads = node.integers('pads', [0, 0, 0, 0]);
  if (pads.length !== 4) throw notComputed(`its padding has ${pads.length} numbers and not four`);
  return {
    before: pair(pads.slice(0, 2), 'padding'),
    after: pair(pads.slice(2), 'padding'),
  };
}

/** Whether a window's padding is that of Keras's "same". */
function isSame({ size, strides, sides }: Window, extents: Pair): boolean {
  return ([0, 1] as const).every((axis) => {
    const lack = lacking(extents[axis], size[axis], strides[axis]);
    return (
      sides.before[axis] === Math.floor(lack / 2) && sides.before[axis] + sides.after[axis] === lack
    );
  });
}

function isBare({ before, after }: Sides): boolean {
  return [...before, ...after].every((side) => side === 0);
}

function padded(at: number, { before, after }: Sides, graph: OnnxGraphBuilder): number {
  const padding = [
    [before[0], after[0]],
    [before[1], after[1]],
  ];
  return graph.add('ZeroPadding2D', { padding }, [at]);
}

function convolution(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const { at, channels, height, width } = graph.image(node.dynamic(0));
  const kernel = node.constant(1);
  const [filters = 0, inputs = 0, ...size] = kernel.shape;
  const extents: Pair = [height, width];
  const groups = node.integer('group', 1);
  if (groups !== 1) throw notComputed(`its ${groups} groups of channels are not computed`);
  if (inputs !== channels) {
    throw notComputed(`it takes ${inputs} channels, but what comes before it gives ${channels}`);
  }
  const window = windowOf(node, pair(size, 'kernel'), extents);
  const bias = node.has(2) ? biasOf(node.constant(2), filters) : null;
  const bare = isBare(window.sides);
  const same = !bare && isSame(window, extents);
  const from = bare || same ? at : padded(at, window.sides, graph);
  const place = graph.add(
    'Conv2D',
    {
      filters,
      kernel_size: [...window.size],
      strides: [...window.strides],
      padding: same ? 'same' : 'valid',
      use_bias: bias !== null,
      activation: 'linear',
    },
    [from],
    [
      () => convolutionKernel(Float32Array.from(kernel.read()), kernel.shape),
      ...(bias === null ? [] : [bias]),
    ],
  );
  const out = graph.imageAt(place, [filters, ...window.places], false);
  return bias === null ? { ...out, takesBias: node.usedOnce } : out;
}

function biasOf({ length, read }: Constant, filters: number): Weights {
  if (length === filters) return () => Float32Array.from(read());
  throw notComputed(`its bias has ${length} numbers where ${filters} are needed`);
}

/** A maximum leaves padding out, and an average may: as Keras's "same" does, or with zeros where those say the same. */
function pooling(maximum: boolean) {
  return (node: Node, graph: OnnxGraphBuilder): Dynamic => {
    const value = node.dynamic(0);
    const { at, channels, height, width } = graph.image(value);
    const extents: Pair = [height, width];
    const size = pair(node.integers('kernel_shape', []), 'kernel');
    const window = windowOf(node, size, extents);
    const { sides, strides, places } = window;
    if (node.message.outputs.filter((name) => name !== '').length > 1) {
      throw notComputed('the places of its maxima are not computed');
    }
    const over = (axis: 0 | 1): number =>
      Math.max(
        0,
        (places[axis] - 1) * strides[axis] + size[axis] - extents[axis] - sides.before[axis],
      );
    // What the windows reach: with `ceil_mode` more than the padding says, else it may be less.
    const reached: Sides = { before: sides.before, after: [over(0), over(1)] };
    const bare = isBare(reached);
    const counted = !maximum && node.integer('count_include_pad', 0) === 1;
    const same = !bare && !counted && isSame({ ...window, sides: reached }, extents);
    if (!bare && !same && maximum && !value.nonNegative) {
      throw notComputed('it pads the maximum of values that may be below zero');
    }
    const beyond = ([0, 1] as const).some((axis) => reached.after[axis] > sides.after[axis]);
    if (!bare && !same && !maximum && (!counted || beyond)) {
      throw notComputed('its average leaves padding out in a way that is not computed');
    }
    const from = bare || same ? at : padded(at, reached, graph);
    const place = graph.add(
      maximum ? 'MaxPooling2D' : 'AveragePooling2D',
      {
        pool_size: [...size],
        strides: [...strides],
        padding: same ? 'same' : 'valid',
      },
      [from],
    );
    return graph.imageAt(place, [channels, ...places], value.nonNegative);
  };
}

/** One number for each channel. */
function globalPooling(
  maximum: boolean,
  value: Dynamic,
  keep: boolean,
  graph: OnnxGraphBuilder,
): Dynamic {
  const { at, channels } = graph.image(value);
  const place = graph.add(
    maximum ? 'GlobalMaxPooling2D' : 'GlobalAveragePooling2D',
    { keepdims: keep },
    [at],
  );
  const { nonNegative } = value;
  const dims = keep ? [channels, 1, 1] : [channels];
  const stored = keep ? [1, 1, channels] : [channels];
  return { kind: 'dynamic', at: place, stored, dims, order: null, nonNegative };
}

/** A mean or a maximum over the places of an image; over axes that are counted with that of the examples. */
function reduction(maximum: boolean) {
  return (node: Node, graph: OnnxGraphBuilder): Dynamic => {
    const value = node.dynamic(0);
    const axes = (node.wholes('axes', 1) ?? []).map((axis) =>
      axis < 0 ? axis + value.dims.length + 1 : axis,
    );
    const wanted = axes.toSorted((a, b) => a - b).join();
    const keep = node.integer('keepdims', 1) === 1;
    if (value.dims.length === 3 && graph.isImage(value) && wanted === '2,3') {
      return globalPooling(maximum, value, keep, graph);
    }
    // As Keras writes it: an image with the channels last.
    const [height = 1, width = 1, channels = 1] = value.dims;
    if (value.dims.length === 3 && value.order === null && wanted === '1,2') {
      const at = graph.asSeen(value);
      const image = graph.imageAt(at, [channels, height, width], value.nonNegative);
      const out = globalPooling(maximum, image, keep, graph);
      return keep ? plain({ ...out, dims: [1, 1, channels] }) : out;
    }
    throw notComputed(
      `it runs over the axes ${axes.join(', ')}, and not over the places of an image`,
    );
  };
}

/** Zeros around an image. */
function pad(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const value = node.dynamic(0);
  const mode = node.text('mode', 'constant');
  const fill = node.has(2) ? node.scalarInput(2) : node.number('value', 0);
  if (mode !== 'constant' || fill !== 0) {
    throw notComputed(
      mode === 'constant'
        ? `it pads with ${fill} and not with zeros`
        : `its mode "${mode}" is not computed`,
    );
  }
  if (node.has(3)) throw notComputed('its choice of axes is not computed');
  const pads = node.wholes('pads', 1) ?? [];
  const rank = value.dims.length + 1;
  if (pads.length !== 2 * rank || pads.some((side) => !Number.isSafeInteger(side) || side < 0)) {
    throw notComputed(`its padding of ${pads.join(', ')} is not computed`);
  }
  if (pads.every((side) => side === 0)) return value;
  const { at, channels, height, width } = graph.image(value);
  const [examples, over, top = 0, left = 0, examplesAfter, overAfter, bottom = 0, right = 0] = pads;
  if ([examples, over, examplesAfter, overAfter].some((side) => side !== 0)) {
    throw notComputed('it pads the channels');
  }
  const place = padded(at, { before: [top, left], after: [bottom, right] }, graph);
  return graph.imageAt(
    place,
    [channels, height + top + bottom, width + left + right],
    value.nonNegative,
  );
}

export const windowOperators: Operators = {
  Conv: convolution,
  MaxPool: pooling(true),
  AveragePool: pooling(false),
  GlobalMaxPool: (node, graph) => globalPooling(true, node.dynamic(0), true, graph),
  GlobalAveragePool: (node, graph) => globalPooling(false, node.dynamic(0), true, graph),
  ReduceMean: reduction(false),
  ReduceMax: reduction(true),
  Pad: pad,
};
