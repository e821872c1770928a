import type { GraphConfig } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import type { ImageInput } from './image-input.ts';
import { OnnxGraphBuilder, plain, type Weights } from './graph-builder.ts';
import type { GraphMessage, ModelMessage, NodeMessage } from './messages.ts';
import { Node } from './node.ts';
import { knownOperators, refusedOperator } from './operators.ts';
import type { Operators } from './operators/table.ts';
import { Effort } from './orders.ts';
import { damaged, notComputed, OnnxProblem, SAVE_INSTEAD } from './problem.ts';
import { openTensor } from './tensors.ts';
import type { Dynamic, Value } from './values.ts';

/** A network that was read from an ONNX graph. */
export interface ReadGraph {
  readonly model: GraphConfig;
  /** For each layer, its weights in order. */
  readonly weights: readonly (readonly Weights[])[];
  /** Whether it puts out logits or their logarithmic softmax, so that its loss takes the softmax. */
  readonly fromLogits: boolean;
}

/** The first operator set whose meaning is known here, and the last. */
const OPERATOR_SETS = [7, 28] as const;

/** Reads the nodes of a graph in their order, which is that of computing: each takes what stands before it. */
export function readGraph(
  { graph, operatorSet }: ModelMessage,
  input: ImageInput,
  limits: ModelLimits,
): ReadGraph {
  const [oldest, newest] = OPERATOR_SETS;
  if (operatorSet === null || operatorSet < oldest || operatorSet > newest) {
    throw new OnnxProblem(
      'onnx-unread',
      operatorSet === null
        ? 'does not say in which version of the operators it is written'
        : `is written in version ${operatorSet} of the operators, and versions ${oldest} to ${newest} are read`,
      'Export it again with opset_version=17.',
    );
  }
  const values = new Map<string, Value>();
  const define = (name: string, value: Value): void => {
    if (values.has(name)) throw damaged(`gives the name "${name.slice(0, 80)}" to two things`);
    values.set(name, value);
  };
  for (const tensor of graph.initializers) {
    define(tensor.name, openTensor(tensor, 2 * limits.parameters));
  }
  const { dims, stored, order } = input;
  const image: Dynamic = {
    kind: 'dynamic',
    at: -1,
    stored,
    dims,
    order,
    nonNegative: false,
  };
  define(inputOf(graph).name, image);
  const output = outputOf(graph);
  const uses = countUses(graph);
  const builder = new OnnxGraphBuilder(stored, limits, new Effort(limits.parameters));
  const known = knownOperators(input);
  for (const message of graph.nodes) {
    const inputs = message.inputs.map((name) => (name === '' ? null : valueOf(name, values)));
    const [first = ''] = message.outputs;
    const node = new Node(message, inputs, {
      operatorSet,
      usedOnce: (uses.get(first) ?? 0) <= 1,
    });
    // At the end it changes no predicted class, and the loss that is measured takes the softmax itself.
    const isHead = message.operator === 'LogSoftmax' && first === output;
    const results = [isHead ? plain(logits(node)) : compute(node, known, builder)].flat();
    for (const [place, name] of message.outputs.entries()) {
      const result = results[place];
      if (name === '' || (result === undefined && (uses.get(name) ?? 0) === 0)) continue;
      if (result === undefined) {
        throw notComputed(`output ${place + 1} of its node ${node.title} is not computed`);
      }
      define(name, result);
    }
  }
  return finished(valueOf(output, values), builder);
}

function finished(result: Value, builder: OnnxGraphBuilder): ReadGraph {
  if (result.kind !== 'dynamic') throw damaged('puts out what does not depend on the image');
  if (result.order !== null) {
    throw notComputed('its outputs lie in an order that is not computed');
  }
  const at = result.dims.length === 1 ? builder.flat(result) : builder.asSeen(result);
  const { model, weights } = builder.finish({ ...result, at });
  const last = model.layers.at(-1);
  if (last === undefined) {
    throw new OnnxProblem('onnx-graph', 'has no layer that computes anything');
  }
  return {
    model,
    weights,
    fromLogits: last.config['activation'] !== 'softmax',
  };
}

function compute(
  node: Node,
  known: Operators,
  builder: OnnxGraphBuilder,
): Value | readonly Value[] {
  const { operator, domain } = node.message;
  if (domain !== '' && domain !== 'ai.onnx') {
    throw new OnnxProblem(
      'onnx-unread',
      `uses the operator ${operator} of "${domain.slice(0, 80)}", which is none of ONNX's own`,
      SAVE_INSTEAD,
    );
  }
  const operation = Object.hasOwn(known, operator) ? known[operator] : undefined;
  if (operation === undefined) {
    const refused = refusedOperator(operator);
    throw new OnnxProblem(
      'onnx-operator',
      refused === null
        ? `has a node ${node.title}, which is not computed`
        : `has a node ${node.title}, ${refused.what}, which is not computed`,
      refused?.fix ?? SAVE_INSTEAD,
    );
  }
  try {
    return operation(node, builder);
  } catch (error) {
    if (!(error instanceof OnnxProblem) || error.code !== 'onnx-operator') throw error;
    throw new OnnxProblem(
      error.code,
      `cannot be evaluated: in its node ${node.title}, ${error.message}`,
      error.fix,
    );
  }
}

/** What a logarithmic softmax over the classes takes. */
function logits(node: Node): Dynamic {
  const value = node.dynamic(0);
  const axis = node.integer('axis', node.operatorSet < 13 ? 1 : -1);
  if (value.dims.length === 1 && (axis === 1 || axis === -1)) return value;
  throw notComputed('its logarithmic softmax runs over something else than the classes');
}

function valueOf(name: string, values: ReadonlyMap<string, Value>): Value {
  const value = values.get(name);
  if (value !== undefined) return value;
  throw damaged(`takes "${name.slice(0, 80)}", which nothing before it gives`);
}

/** The only input that is no array of the file: older files list those too. */
export function inputOf({ inputs, initializers }: GraphMessage): GraphMessage['inputs'][number] {
  const arrays = new Set(initializers.map(({ name }) => name));
  const images = inputs.filter(({ name }) => !arrays.has(name));
  const [only] = images;
  if (only !== undefined && images.length === 1) return only;
  throw new OnnxProblem(
    'onnx-graph',
    `takes ${images.length} inputs, and a network of an exercise takes its images alone`,
  );
}

function outputOf({ outputs }: GraphMessage): string {
  const [only] = outputs;
  if (only !== undefined && outputs.length === 1) return only.name;
  throw new OnnxProblem(
    'onnx-graph',
    `has ${outputs.length} outputs, and a network of an exercise has one`,
    'Export the network so that it puts out one number for each class, and nothing else.',
  );
}

function countUses({ nodes, outputs }: GraphMessage): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const count = (name: string): unknown => uses.set(name, (uses.get(name) ?? 0) + 1);
  for (const { inputs } of nodes satisfies readonly NodeMessage[]) inputs.forEach(count);
  for (const { name } of outputs) count(name);
  return uses;
}
