import { arranged, type OnnxGraphBuilder, plain } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { sameOrder } from '../orders.ts';
import { notComputed } from '../problem.ts';
import type { Constant } from '../tensors.ts';
import { sizeOf } from '../tensors.ts';
import type { Dynamic } from '../values.ts';
import { spread } from './broadcast.ts';
import { foldable, folded } from './folding.ts';
import type { Operators } from './table.ts';

/** So small that it changes no variance of 1; the layer needs one above zero. */
const EPSILON = 1e-12;

type Numbers = Float32Array | Float64Array;

/** value · scale, of one number. */
export function scaledBy(value: Dynamic, scale: number, graph: OnnxGraphBuilder): Dynamic {
  const scaled = graph.each(
    'Rescaling',
    { scale, offset: 0 },
    value,
    value.nonNegative && scale > 0,
  );
  return { ...scaled, made: { as: 'scaled', by: scale, of: value } };
}

/** value · factor, a number for each value of a channel, or for each value. */
export function times(value: Dynamic, factor: Constant, graph: OnnxGraphBuilder): Dynamic {
  if (factor.length === 1) return scaledBy(value, factor.read()[0] ?? Number.NaN, graph);
  return affine(value, factor, 'gamma', (each) => each, graph);
}

function plus(value: Dynamic, term: Constant, sign: 1 | -1, graph: OnnxGraphBuilder): Dynamic {
  const bias = value.takesBias === true ? asBias(value, term, sign) : null;
  if (bias !== null) {
    graph.giveBias(value, bias);
    return plain(value);
  }
  if (term.length === 1) {
    const offset = sign * (term.read()[0] ?? Number.NaN);
    if (value.made?.as === 'erf' && offset === 1) {
      return { ...value, made: { as: 'erf+1', of: value.made.of } };
    }
    return graph.each('Rescaling', { scale: 1, offset }, value, value.nonNegative && offset >= 0);
  }
  return affine(value, term, 'beta', (each) => sign * each, graph);
}

/** The numbers of a sum as the bias of the layer before it; `null` where they are not one for each of its outputs. */
function asBias(
  { dims, order }: Dynamic,
  { shape, length, read }: Constant,
  sign: 1 | -1,
): (() => Float32Array) | null {
  const image = dims.length === 3;
  const [channels = 0] = dims;
  const columns = image ? channels : (dims.at(-1) ?? 0);
  const axis = image ? shape.length - 3 : shape.length - 1;
  const fits = length === columns && shape[axis] === columns && (image || order === null);
  return fits ? () => Float32Array.from(read(), (each) => sign * each) : null;
}

/**
 * value · gamma + beta with numbers of the file: one of both, a number for each channel of an image or for each value. A
 * batch normalisation with the mean 0 and the variance 1 computes just that.
 */
function affine(
  value: Dynamic,
  constant: Constant,
  part: 'gamma' | 'beta',
  change: (each: number) => number,
  graph: OnnxGraphBuilder,
): Dynamic {
  const numbers = (): Numbers => Float32Array.from(constant.read(), change);
  const byChannel = channelwise(value, constant, graph);
  const columns = byChannel ? (value.dims[0] ?? 1) : sizeOf(value.dims);
  const at = byChannel ? graph.image(value).at : graph.flat(value);
  if (!byChannel) graph.effort.spend(2 * columns);
  const given = byChannel
    ? () => Float32Array.from(numbers())
    : (): Float32Array =>
        arranged(
          Float32Array.from(spread(numbers(), constant.shape, [1, ...value.dims])),
          value.order,
        );
  const filled = (fill: number) => () => new Float32Array(columns).fill(fill);
  const place = graph.add(
    'BatchNormalization',
    { epsilon: EPSILON, scale: part === 'gamma', center: part === 'beta' },
    [at],
    [given, filled(0), filled(1)],
  );
  const stored = byChannel ? value.stored : [columns];
  const [channels = 1, height = 1, width = 1] = value.dims;
  return plain({
    ...value,
    at: place,
    stored: byChannel ? [height, width, channels] : stored,
    nonNegative: false,
  });
}

/** Whether numbers are one for each channel of an image: `[channels, 1, 1]`. */
function channelwise(
  value: Dynamic,
  { shape, length }: Constant,
  graph: OnnxGraphBuilder,
): boolean {
  const [channels = 0] = value.dims;
  return (
    length === channels &&
    value.dims.length === 3 &&
    shape.length >= 3 &&
    shape.at(-3) === channels &&
    graph.isImage(value)
  );
}

/** Two values of the network, place by place. */
export function joined(
  className: string,
  values: readonly Dynamic[],
  graph: OnnxGraphBuilder,
): Dynamic {
  const [first, ...others] = values;
  if (first === undefined) throw notComputed('it joins nothing');
  for (const other of others) {
    if (other.dims.join() !== first.dims.join()) {
      throw notComputed(
        `it joins outputs of the different shapes [${first.dims.join(
          ', ',
        )}] and [${other.dims.join(', ')}]`,
      );
    }
    graph.effort.spend(sizeOf(first.dims));
    if (!sameOrder(first.order, other.order)) {
      throw notComputed('it joins outputs whose values lie in different orders');
    }
  }
  const flat = values.some(({ stored }) => stored.join() !== first.stored.join());
  const places = values.map((value) => (flat ? graph.flat(value) : graph.place(value)));
  const nonNegative = className !== 'Subtract' && values.every((value) => value.nonNegative);
  return plain({
    ...first,
    at: graph.add(className, {}, places),
    stored: flat ? [sizeOf(first.dims)] : first.stored,
    nonNegative,
  });
}

/** x · sigmoid(x), and the product that ends GELU: one activation of ours. */
function knownProduct(a: Dynamic, b: Dynamic, graph: OnnxGraphBuilder): Dynamic | null {
  for (const [value, { made }] of [
    [a, b],
    [b, a],
  ] as const) {
    if (made?.as === 'sigmoid' && made.of === value) return graph.activation('swish', value);
    if (made?.as === 'erf+1' && made.of === value) {
      return { ...plain(value), at: null, made: { as: 'x(erf+1)', of: value } };
    }
    const half = value.made?.as === 'scaled' && value.made.by === 0.5 ? value.made.of : null;
    if (made?.as === 'erf+1' && half === made.of) return graph.activation('gelu', made.of);
  }
  return null;
}

function multiply(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const [a, b] = [node.input(0), node.input(1)];
  if (a.kind === 'dynamic' && b.kind === 'dynamic') {
    return knownProduct(a, b, graph) ?? joined('Multiply', [a, b], graph);
  }
  const [value, factor] =
    a.kind === 'dynamic' ? [a, node.constant(1)] : [node.dynamic(1), node.constant(0)];
  const whole = value.made?.as === 'x(erf+1)' && factor.length === 1 && factor.read()[0] === 0.5;
  if (whole && value.made !== undefined) return graph.activation('gelu', value.made.of);
  return times(stretched(value, factor), factor, graph);
}

/** Refuses numbers that would stretch a value to more places. */
function stretched(value: Dynamic, { shape, length }: Constant): Dynamic {
  if (length === 1 && shape.length <= value.dims.length + 1) return value;
  const places = [1, ...value.dims];
  const fits =
    shape.length <= places.length &&
    shape.every((extent, axis) => {
      const own = places[places.length - shape.length + axis];
      return extent === 1 || extent === own;
    });
  if (fits) return value;
  throw notComputed(
    `numbers of the shape [${shape.join(', ')}] do not fit its input of [${value.dims.join(', ')}]`,
  );
}

export const arithmeticOperators: Operators = {
  Add: (node, graph) => {
    if (foldable(node)) return folded(node, (a, b) => a + b, graph);
    const [a, b] = [node.input(0), node.input(1)];
    if (a.kind === 'dynamic' && b.kind === 'dynamic') return joined('Add', [a, b], graph);
    const [value, term] =
      a.kind === 'dynamic' ? [a, node.constant(1)] : [node.dynamic(1), node.constant(0)];
    return plus(stretched(value, term), term, 1, graph);
  },
  Sub: (node, graph) => {
    if (foldable(node)) return folded(node, (a, b) => a - b, graph);
    const [a, b] = [node.input(0), node.input(1)];
    if (a.kind === 'dynamic' && b.kind === 'dynamic') return joined('Subtract', [a, b], graph);
    if (a.kind === 'dynamic') {
      const term = node.constant(1);
      return plus(stretched(a, term), term, -1, graph);
    }
    const term = node.constant(0);
    const value = stretched(node.dynamic(1), term);
    return plus(plain(scaledBy(value, -1, graph)), term, 1, graph);
  },
  Mul: (node, graph) => {
    if (foldable(node)) return folded(node, (a, b) => a * b, graph);
    return multiply(node, graph);
  },
  Div: (node, graph) => {
    if (foldable(node)) return folded(node, (a, b) => a / b, graph);
    const value = node.dynamic(0);
    const divisor = node.constant(1);
    stretched(value, divisor);
    const inverse: Constant = {
      ...divisor,
      integer: false,
      read: () => Float32Array.from(divisor.read(), (each) => 1 / each),
    };
    return times(value, inverse, graph);
  },
  Neg: (node, graph) =>
    foldable(node) ? folded(node, (a) => -a, graph) : plain(scaledBy(node.dynamic(), -1, graph)),
  Sqrt: (node, graph) => folded(node, (a) => Math.sqrt(a), graph),
  Reciprocal: (node, graph) => folded(node, (a) => 1 / a, graph),
  Abs: (node, graph) => {
    if (foldable(node)) return folded(node, (a) => Math.abs(a), graph);
    const value = node.dynamic();
    const positive = graph.activation('relu', value, true);
    const negative = graph.activation('relu', scaledBy(value, -1, graph), true);
    return joined('Add', [positive, negative], graph);
  },
  Sum: (node, graph) => joined('Add', everyInput(node), graph),
  Mean: (node, graph) => joined('Average', everyInput(node), graph),
  Max: (node, graph) => joined('Maximum', everyInput(node), graph),
  Min: (node, graph) => joined('Minimum', everyInput(node), graph),
};

function everyInput(node: Node): Dynamic[] {
  const values = node.inputs.map((_, place) => node.dynamic(place));
  if (values.length > 1) return values;
  throw notComputed('it joins one thing alone');
}
