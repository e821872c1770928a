import type { Node } from '../node.ts';
import { damaged, notComputed, OnnxProblem } from '../problem.ts';
import { plain, type OnnxGraphBuilder } from '../graph-builder.ts';
import { computed, type Constant, isFloatType, openTensor, typeName } from '../tensors.ts';
import type { Value } from '../values.ts';
import type { Operators } from './table.ts';

/** What gives on what it takes when a network is evaluated. */
function passing(node: Node): Value {
  const value = node.input(0);
  return value.kind === 'constant' ? value : plain(value);
}

function dropout(node: Node): Value {
  const training = node.has(2) ? node.scalarInput(2) : 0;
  if (training !== 0) {
    throw notComputed(
      'it was exported as in training, where it drops values at random',
      'Call model.eval() before torch.onnx.export.',
    );
  }
  return passing(node);
}

/** Numbers of floating point stay what they are; our own arithmetic is that of float32. */
function cast(node: Node, graph: OnnxGraphBuilder): Value {
  const value = node.input(0);
  const to = node.integer('to', 1);
  if (value.kind === 'dynamic') {
    if (isFloatType(to)) return plain(value);
    throw notComputed(`it makes the values ${typeName(to)}`);
  }
  const integer = !isFloatType(to);
  if (integer === value.integer) return value;
  graph.effort.spend(2 * value.length);
  return integer
    ? computed(value.shape, Float64Array.from(value.read(), Math.trunc), true)
    : computed(value.shape, Float32Array.from(value.read()), false);
}

const MOST_NUMBERS = 2 ** 25;

function constant(node: Node): Constant {
  const { attributes } = node.message;
  const [attribute, ...others] = attributes.values();
  if (attribute === undefined || others.length > 0) {
    throw damaged('has a node Constant that holds nothing, or several things');
  }
  const { name, tensor, number, integer, numbers, integers, other } = attribute;
  if (tensor !== null) return openTensor(tensor, MOST_NUMBERS);
  if (name === 'value_float' && number !== null) return computed([], Float32Array.of(number));
  if (name === 'value_int' && integer !== null) return computed([], Float64Array.of(integer));
  if (name === 'value_floats') return computed([numbers.length], Float32Array.from(numbers));
  if (name === 'value_ints') return computed([integers.length], Float64Array.from(integers));
  throw new OnnxProblem(
    'onnx-unread',
    `holds ${other ?? 'a text'} as a constant, which is not read`,
  );
}

export const passingOperators: Operators = {
  Identity: passing,
  Dropout: dropout,
  Cast: cast,
  CastLike: passing,
  Constant: constant,
};
