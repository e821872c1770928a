import type { OnnxGraphBuilder } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { notComputed } from '../problem.ts';
import type { Dynamic } from '../values.ts';
import { joined, scaledBy, times } from './arithmetic.ts';
import type { Operators } from './table.ts';

/** An activation that our own arithmetic has by a name. */
function named(name: string, nonNegative = false) {
  return (node: Node, graph: OnnxGraphBuilder): Dynamic =>
    graph.activation(name, node.dynamic(), nonNegative);
}

/** Between zero and a maximum, or above zero: all that networks clip to. */
function clip(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const value = node.dynamic();
  const bound = (name: string, place: number, none: number): number =>
    node.has(place) ? node.scalarInput(place) : node.number(name, none);
  const [low, high] = [bound('min', 1, -Infinity), bound('max', 2, Infinity)];
  // Largest float32: the default of operator sets before 11.
  const open = high >= 3.402e38;
  if (low !== 0) throw notComputed(`it clips to the range from ${low} to ${high}, and not from 0`);
  if (open) return graph.activation('relu', value, true);
  if (high === 6) return graph.activation('relu6', value, true);
  if (!(high > 0)) throw notComputed(`it clips to the range from ${low} to ${high}`);
  return graph.each('ReLU', { max_value: high }, value, true);
}

/** max(0, min(1, alpha · x + beta)). */
function hardSigmoid(
  value: Dynamic,
  [alpha, beta]: readonly [number, number],
  graph: OnnxGraphBuilder,
): Dynamic {
  const line = graph.each('Rescaling', { scale: alpha, offset: beta }, value);
  return graph.each('ReLU', { max_value: 1 }, line, true);
}

/** A softmax over the classes, which is over the last axis of what is flat. */
function overClasses(node: Node): Dynamic {
  const value = node.dynamic();
  const rank = value.dims.length + 1;
  const axis = node.integer('axis', node.operatorSet < 13 ? 1 : -1);
  if (rank === 2 && (axis === 1 || axis === -1)) return value;
  throw notComputed('it runs over something else than the classes');
}

/** max(x, 0) + slope · min(x, 0), a slope for all or one for each channel. */
function prelu(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const value = node.dynamic();
  const slope = node.constant(1);
  if (slope.length === 1) {
    const alpha = slope.read()[0] ?? 0;
    if (alpha >= 0) return graph.each('LeakyReLU', { alpha }, value);
  }
  const positive = graph.activation('relu', value, true);
  const negative = graph.activation('relu', scaledBy(value, -1, graph), true);
  const slopes = slope.read();
  const turned = {
    ...slope,
    read: () => Float32Array.from(slopes, (each) => -each),
  };
  const scaled = times(negative, turned, graph);
  return joined('Add', [positive, scaled], graph);
}

/** alpha · elu(x / alpha). */
function celu(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const alpha = node.number('alpha', 1);
  const inner = graph.each('ELU', { alpha: 1 }, scaledBy(node.dynamic(), 1 / alpha, graph));
  return scaledBy(inner, alpha, graph);
}

/** The constants of SELU in ONNX's words, as every framework has them (Klambauer et al., NeurIPS 2017). */
const SELU = { alpha: 1.6732632, gamma: 1.050701 };

export const activationOperators: Operators = {
  Relu: named('relu', true),
  Sigmoid: (node, graph) => {
    const value = node.dynamic();
    return {
      ...graph.activation('sigmoid', value, true),
      made: { as: 'sigmoid', of: value },
    };
  },
  Tanh: named('tanh'),
  Softplus: named('softplus', true),
  Softsign: named('softsign'),
  LeakyRelu: (node, graph) => {
    const alpha = node.number('alpha', 0.01);
    if (!(alpha >= 0)) throw notComputed(`its slope of ${alpha} is not computed`);
    return graph.each('LeakyReLU', { alpha }, node.dynamic());
  },
  Elu: (node, graph) => graph.each('ELU', { alpha: node.number('alpha', 1) }, node.dynamic()),
  Celu: celu,
  Selu: (node, graph) => {
    for (const name of ['alpha', 'gamma'] as const) {
      const given = node.number(name, SELU[name]);
      if (Math.abs(given - SELU[name]) > 1e-5) {
        throw notComputed(`its ${name} of ${given} is not computed`);
      }
    }
    return graph.activation('selu', node.dynamic());
  },
  PRelu: prelu,
  Clip: clip,
  HardSigmoid: (node, graph) =>
    hardSigmoid(node.dynamic(), [node.number('alpha', 0.2), node.number('beta', 0.5)], graph),
  HardSwish: (node, graph) => {
    const value = node.dynamic();
    return joined('Multiply', [value, hardSigmoid(value, [1 / 6, 0.5], graph)], graph);
  },
  Swish: (node, graph) => {
    if (node.number('alpha', 1) !== 1) throw notComputed('its alpha is not 1');
    return graph.activation('swish', node.dynamic());
  },
  Mish: (node, graph) => {
    const value = node.dynamic();
    const gate = graph.activation('tanh', graph.activation('softplus', value, true), true);
    return joined('Multiply', [value, gate], graph);
  },
  Gelu: (node, graph) => {
    if (node.text('approximate', 'none') !== 'none') {
      throw notComputed('its approximation by tanh is not computed');
    }
    return graph.activation('gelu', node.dynamic());
  },
  Erf: (node) => {
    const { made } = node.dynamic();
    if (made?.as !== 'scaled' || Math.abs(made.by - Math.SQRT1_2) > 1e-6) {
      throw notComputed('the error function is computed as a part of GELU alone');
    }
    return {
      ...made.of,
      at: null,
      nonNegative: false,
      made: { as: 'erf', of: made.of },
    };
  },
  Softmax: (node, graph) => graph.activation('softmax', overClasses(node), true),
};
