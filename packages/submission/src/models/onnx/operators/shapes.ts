import { type OnnxGraphBuilder, plain } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { permutedPlaces, simplified } from '../orders.ts';
import { damaged, notComputed } from '../problem.ts';
import { type Constant, computed, sizeOf } from '../tensors.ts';
import type { Dynamic, Value } from '../values.ts';
import type { Operators } from './table.ts';

/** The number of examples, in the shapes that a file computes with. */
const EXAMPLES = Number.NaN;

const MOST_AXES = 8;

/** A value seen in another shape: nothing is computed, and nothing moves. */
function seenAs(value: Dynamic, dims: readonly number[]): Dynamic {
  if (dims.length > MOST_AXES || sizeOf(dims) !== sizeOf(value.dims)) {
    throw notComputed(`[${value.dims.join(', ')}] cannot become [${dims.join(', ')}]`);
  }
  return plain({ ...value, dims });
}

function axisOf(axis: number, rank: number): number {
  const own = axis < 0 ? axis + rank : axis;
  if (Number.isSafeInteger(own) && own >= 0 && own < rank) return own;
  throw damaged(`names axis ${axis} of ${rank}`);
}

/** The axes of one example, for a value that has the examples as its first axis. */
function ownAxis(axis: number, { dims }: Dynamic): number {
  const own = axisOf(axis, dims.length + 1) - 1;
  if (own >= 0) return own;
  throw notComputed('it works on the axis of the examples');
}

/** Takes the place of a fixed number of examples in shapes; 0 where the file leaves it open. */
export interface Examples {
  readonly fixed: number;
}

function reshape(examples: Examples) {
  return (node: Node): Value => {
    const value = node.input(0);
    const target = node.wholes('shape', 1) ?? [];
    const keepsZero = node.integer('allowzero', 0) === 1;
    if (value.kind === 'constant') return reshapedConstant(value, target, keepsZero);
    const [first, ...rest] = target;
    const size = sizeOf(value.dims);
    if (first === undefined) throw notComputed('it takes the axis of the examples away');
    const dims = rest.map((extent, axis) =>
      extent === 0 && !keepsZero ? (value.dims[axis] ?? 0) : extent,
    );
    const open = dims.filter((extent) => extent === -1).length;
    const known = sizeOf(dims.filter((extent) => extent !== -1));
    const filled = dims.map((extent) => (extent === -1 ? size / known : extent));
    const whole = open <= 1 && filled.every((extent) => Number.isSafeInteger(extent) && extent > 0);
    if (!whole || sizeOf(filled) !== size || !isExamples(first, examples, open)) {
      throw notComputed(
        `[${['examples', ...value.dims].join(', ')}] cannot become [${target
          .map((extent) => (Number.isNaN(extent) ? 'examples' : extent))
          .join(', ')}]`,
      );
    }
    return seenAs(value, filled);
  };
}

/** Whether the first extent of a shape says the number of examples: copied, left open, or as the file fixes it. */
function isExamples(first: number, { fixed }: Examples, open: number): boolean {
  if (first === 0 || Number.isNaN(first)) return true;
  return first === -1 ? open === 0 : fixed > 0 && first === fixed;
}

function reshapedConstant(
  value: Constant,
  target: readonly number[],
  keepsZero: boolean,
): Constant {
  const copied = target.map((extent, axis) =>
    extent === 0 && !keepsZero ? (value.shape[axis] ?? 0) : extent,
  );
  const known = sizeOf(copied.filter((extent) => extent !== -1));
  const shape = copied.map((extent) => (extent === -1 ? value.length / known : extent));
  return { ...value, shape: sound(shape, value.length) };
}

function sound(shape: readonly number[], length: number): readonly number[] {
  const whole = shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (whole && shape.length <= MOST_AXES && sizeOf(shape) === length) return shape;
  throw damaged(`gives ${length} numbers the shape [${shape.join(', ')}]`);
}

function flatten(node: Node): Value {
  const value = node.input(0);
  const axis = node.integer('axis', 1);
  if (value.kind === 'constant') {
    const cut = axis < 0 ? axis + value.shape.length : axis;
    const shape = [sizeOf(value.shape.slice(0, cut)), sizeOf(value.shape.slice(cut))];
    return { ...value, shape: sound(shape, value.length) };
  }
  if (axis !== 1 && axis !== -value.dims.length) {
    throw notComputed('it flattens the axis of the examples too');
  }
  return seenAs(value, [sizeOf(value.dims)]);
}

function transpose(node: Node, graph: OnnxGraphBuilder): Value {
  const value = node.input(0);
  const rank = value.kind === 'constant' ? value.shape.length : value.dims.length + 1;
  const given = node.integers(
    'perm',
    Array.from({ length: rank }, (_, axis) => rank - 1 - axis),
  );
  const permutation = given.map((axis) => axisOf(axis, rank));
  if (permutation.length !== rank || new Set(permutation).size !== rank) {
    throw damaged('permutes axes that are not those of its input');
  }
  if (value.kind === 'constant') {
    const { shape, length, integer } = value;
    graph.effort.spend(3 * length);
    const from = value.read();
    const places = permutedPlaces(shape, permutation);
    const moved = integer ? new Float64Array(length) : new Float32Array(length);
    for (const [at, place] of places.entries()) moved[at] = from[place] ?? 0;
    return computed(
      permutation.map((axis) => shape[axis] ?? 1),
      moved,
      integer,
    );
  }
  if (permutation[0] !== 0) throw notComputed('it moves the axis of the examples');
  const own = permutation.slice(1).map((axis) => axis - 1);
  graph.effort.spend(3 * sizeOf(value.dims));
  const places = permutedPlaces(value.dims, own);
  const order = places.map((place) => value.order?.[place] ?? place);
  return plain({
    ...value,
    dims: own.map((axis) => value.dims[axis] ?? 1),
    order: simplified(order),
  });
}

function squeeze(node: Node): Value {
  const value = node.input(0);
  const axes = node.wholes('axes', 1);
  const shape = value.kind === 'constant' ? value.shape : [EXAMPLES, ...value.dims];
  const chosen =
    axes?.map((axis) => axisOf(axis, shape.length)) ??
    shape.flatMap((extent, axis) => (extent === 1 ? [axis] : []));
  if (chosen.some((axis) => shape[axis] !== 1)) {
    throw notComputed('it takes away an axis that is longer than 1');
  }
  const left = shape.filter((_, axis) => !chosen.includes(axis));
  return value.kind === 'constant' ? { ...value, shape: left } : seenAs(value, left.slice(1));
}

function unsqueeze(node: Node): Value {
  const value = node.input(0);
  const axes = node.wholes('axes', 1) ?? [];
  const shape = value.kind === 'constant' ? value.shape : [EXAMPLES, ...value.dims];
  const rank = shape.length + axes.length;
  if (rank > MOST_AXES) throw notComputed(`it gives ${rank} axes`);
  const chosen = new Set(axes.map((axis) => axisOf(axis, rank)));
  if (chosen.size !== axes.length) throw damaged('adds the same axis twice');
  const rest = [...shape];
  const grown = Array.from({ length: rank }, (_, axis) =>
    chosen.has(axis) ? 1 : (rest.shift() ?? 1),
  );
  if (value.kind === 'constant') return { ...value, shape: grown };
  if (chosen.has(0)) throw notComputed('it adds an axis before that of the examples');
  return seenAs(value, grown.slice(1));
}

function concat(node: Node, graph: OnnxGraphBuilder): Value {
  const values = node.inputs.map((_, place) => node.input(place));
  const constants = values.filter((value) => value.kind === 'constant');
  if (constants.length === values.length) return joinedConstants(constants, node, graph);
  const parts = values.map((_, place) => node.dynamic(place));
  const [first, ...others] = parts;
  if (first === undefined) throw damaged('joins nothing');
  if (others.length === 0) return plain(first);
  const axis = ownAxis(node.integer('axis', 1), first);
  const around = ({ dims }: Dynamic): string =>
    dims.map((extent, own) => (own === axis ? '·' : extent)).join();
  if (parts.some((part) => around(part) !== around(first))) {
    throw notComputed('it joins outputs whose shapes do not fit side by side');
  }
  const extent = parts.reduce((sum, { dims }) => sum + (dims[axis] ?? 0), 0);
  const dims = first.dims.map((own, at) => (at === axis ? extent : own));
  const nonNegative = parts.every((part) => part.nonNegative);
  const out = { kind: 'dynamic', dims, nonNegative } as const;
  if (dims.length === 1) {
    const at = graph.add(
      'Concatenate',
      {},
      parts.map((part) => graph.flat(part)),
    );
    graph.effort.spend(extent);
    return { ...out, at, stored: dims, order: sideBySide(parts) };
  }
  if (axis === 0 && parts.every((part) => graph.isImage(part))) {
    const at = graph.add(
      'Concatenate',
      {},
      parts.map((part) => graph.image(part).at),
    );
    return graph.imageAt(at, dims, nonNegative);
  }
  const at = graph.add(
    'Concatenate',
    { axis: axis + 1 },
    parts.map((part) => graph.asSeen(part)),
  );
  return { ...out, at, stored: dims, order: null };
}

/** The order of flat values one after the other, each in its own. */
function sideBySide(parts: readonly Dynamic[]): Dynamic['order'] {
  if (parts.every(({ order }) => order === null)) return null;
  const order: number[] = [];
  for (const part of parts) {
    const before = order.length;
    const size = sizeOf(part.dims);
    for (let at = 0; at < size; at += 1) order.push(before + (part.order?.[at] ?? at));
  }
  return Uint32Array.from(order);
}

function joinedConstants(
  parts: readonly Constant[],
  node: Node,
  graph: OnnxGraphBuilder,
): Constant {
  const [first] = parts;
  if (first === undefined) throw damaged('joins nothing');
  const axis = axisOf(node.integer('axis', 0), first.shape.length);
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  graph.effort.spend(2 * total);
  const before = sizeOf(first.shape.slice(0, axis));
  const extent = parts.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  const shape = first.shape.map((own, at) => (at === axis ? extent : own));
  const integer = parts.every((part) => part.integer);
  const values = integer ? new Float64Array(total) : new Float32Array(total);
  const numbers = parts.map((part) => ({
    read: part.read(),
    run: part.length / before,
  }));
  let at = 0;
  for (let place = 0; place < before; place += 1) {
    for (const { read, run } of numbers) {
      values.set(read.subarray(place * run, (place + 1) * run), at);
      at += run;
    }
  }
  return computed(sound(shape, total), values, integer);
}

function shapeOf(node: Node): Constant {
  const value = node.input(0);
  const shape = value.kind === 'constant' ? value.shape : [EXAMPLES, ...value.dims];
  const end = node.integer('end', shape.length);
  const part = shape.slice(node.integer('start', 0), end);
  return computed([part.length], Float64Array.from(part));
}

/** Rows of numbers of the file. */
function gather(node: Node, graph: OnnxGraphBuilder): Constant {
  const value = node.constant(0);
  const places = node.constant(1);
  const axis = axisOf(node.integer('axis', 0), value.shape.length);
  const extent = value.shape[axis] ?? 0;
  const before = sizeOf(value.shape.slice(0, axis));
  const run = sizeOf(value.shape.slice(axis + 1));
  const size = before * places.length * run;
  graph.effort.spend(value.length + places.length + size);
  const from = value.read();
  const values = value.integer ? new Float64Array(size) : new Float32Array(size);
  let at = 0;
  for (let row = 0; row < before; row += 1) {
    for (const place of places.read()) {
      const own = axisOf(place, extent);
      const start = (row * extent + own) * run;
      values.set(from.subarray(start, start + run), at);
      at += run;
    }
  }
  const shape = [...value.shape.slice(0, axis), ...places.shape, ...value.shape.slice(axis + 1)];
  return computed(sound(shape, size), values, value.integer);
}

/** A part of a list of numbers of the file. */
function slice(node: Node): Value {
  const value = node.input(0);
  const starts = node.wholes('starts', 1) ?? [];
  const ends = node.wholes('ends', 2) ?? [];
  const axes = node.wholes('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = node.has(4) ? node.wholeInput(4) : starts.map(() => 1);
  const [start = 0] = starts;
  const [end = 0] = ends;
  const one = starts.length === 1 && axes.length === 1 && steps.every((step) => step === 1);
  if (value.kind !== 'constant' || !one || value.shape.length !== 1) {
    throw notComputed('a part of what depends on the image is not computed');
  }
  const values = value.read().slice(start, end);
  return computed([values.length], values, value.integer);
}

/** The same number, often. */
function constantOfShape(node: Node, graph: OnnxGraphBuilder): Constant {
  const shape = node.wholeInput(0);
  const size = sizeOf(shape);
  if (!shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw notComputed('it makes as many numbers as there are examples');
  }
  graph.effort.spend(size);
  return computed(sound(shape, size), new Float32Array(size));
}

/** An Expand to the shape that a value has already. */
function expand(node: Node): Value {
  const value = node.input(0);
  const target = node.wholeInput(1);
  const shape = value.kind === 'constant' ? value.shape : [EXAMPLES, ...value.dims];
  const offset = shape.length - target.length;
  const same =
    offset >= 0 &&
    target.every((extent, axis) => extent === 1 || Object.is(extent, shape[axis + offset]));
  if (same) return value;
  throw notComputed('it repeats its input');
}

export function shapeOperators(examples: Examples): Operators {
  return {
    Reshape: reshape(examples),
    Flatten: flatten,
    Transpose: transpose,
    Squeeze: squeeze,
    Unsqueeze: unsqueeze,
    Concat: concat,
    Shape: shapeOf,
    Gather: gather,
    Slice: slice,
    ConstantOfShape: constantOfShape,
    Expand: expand,
  };
}
