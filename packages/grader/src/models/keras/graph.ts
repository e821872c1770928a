import { z } from 'zod';
import { studentError } from '../../refusal.ts';
import type { StoredLayer } from './layer-schema.ts';

/** A layer of a functional model and the layers whose outputs it takes. */
export interface GraphNode {
  readonly name: string;
  readonly layer: StoredLayer;
  readonly inputs: readonly string[];
}

/** A functional model with one input and one output, every layer used once. */
export interface KerasGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly input: string;
  readonly output: string;
}

const Reference = z.tuple([z.string(), z.literal(0), z.literal(0)]);
const FunctionalSchema = z.looseObject({
  input_layers: z.union([Reference, z.array(Reference)]),
  output_layers: z.union([Reference, z.array(Reference)]),
});
/** How Keras 3 and TF.js's successors write a call: tensors stand among its arguments, marked as such. */
const CallSchema = z.looseObject({
  args: z.array(z.unknown()),
  kwargs: z.record(z.string(), z.unknown()).optional(),
});
const TensorSchema = z.looseObject({
  class_name: z.literal('__keras_tensor__'),
  config: z.looseObject({ keras_history: Reference }),
});
/** How Keras 2 writes it: name, node, tensor and further arguments. */
const LegacyTensorSchema = z.union([
  Reference,
  z.tuple([z.string(), z.literal(0), z.literal(0), z.record(z.string(), z.unknown())]),
]);

/**
 * The graph of a functional model's configuration and of its layers, in Keras 2's or Keras 3's notation.
 * Throws the student's `model-not-sequential` for what is no graph with one input and one output of layers that are
 * each used once.
 */
export function readGraph(
  config: unknown,
  layers: readonly StoredLayer[],
  path: string,
): KerasGraph {
  const parsed = FunctionalSchema.safeParse(config);
  if (!parsed.success) {
    throw notAChain(path, 'its graph is not described in a way that is understood');
  }
  const nodes = new Map<string, GraphNode>();
  for (const layer of layers) {
    const name = layer.name ?? layer.config.name ?? '';
    if (nodes.has(name)) throw notAChain(path, `two of its layers are called "${name}"`);
    const calls = layer.inbound_nodes ?? [];
    if (calls.length > 1) {
      throw notAChain(path, `its layer "${name}" is used ${calls.length} times (a shared layer)`);
    }
    const inputs = calls.length === 0 ? [] : inputsOf(calls[0], name, path);
    nodes.set(name, { name, layer, inputs });
  }
  return {
    nodes,
    input: only(parsed.data.input_layers, 'input', path),
    output: only(parsed.data.output_layers, 'output', path),
  };
}

/**
 * The layers of a graph that is one chain, from input to output. Graphs with branches are refused here by name:
 * networks are planned as chains, and this is the place where a plan for graphs would begin.
 */
export function chainOf({ nodes, input, output }: KerasGraph, path: string): GraphNode[] {
  const chain: GraphNode[] = [];
  const seen = new Set<string>();
  let name: string | undefined = output;
  while (name !== undefined) {
    const node = nodes.get(name);
    if (node === undefined)
      throw notAChain(path, `it refers to a layer "${name}" that it does not have`);
    if (seen.has(name))
      throw notAChain(path, `its layer "${name}" takes its own output, in a circle`);
    seen.add(name);
    chain.unshift(node);
    if (node.inputs.length > 1) {
      throw notAChain(
        path,
        `its layer "${name}" (${node.layer.class_name}) joins ${node.inputs.length} branches`,
      );
    }
    [name] = node.inputs;
  }
  if (chain[0]?.name !== input)
    throw notAChain(path, `its output does not come from its input "${input}"`);
  const aside = [...nodes.keys()].find((name) => !seen.has(name));
  if (aside !== undefined)
    throw notAChain(path, `its layer "${aside}" does not lie between input and output`);
  return chain;
}

function inputsOf(call: unknown, name: string, path: string): string[] {
  const modern = CallSchema.safeParse(call);
  if (modern.success) {
    assertPlainCall(modern.data.kwargs ?? {}, name, path);
    return modern.data.args.flatMap((argument) =>
      (Array.isArray(argument) ? argument : [argument]).map((item: unknown) => {
        const tensor = TensorSchema.safeParse(item);
        if (tensor.success) return tensor.data.config.keras_history[0];
        throw notAChain(
          path,
          `its layer "${name}" is called with something else than the output of a layer`,
        );
      }),
    );
  }
  const legacy = z.array(LegacyTensorSchema).min(1).safeParse(call);
  if (!legacy.success)
    throw notAChain(path, `the inputs of its layer "${name}" are not understood`);
  return legacy.data.map(([input, , , further]) => {
    assertPlainCall(further ?? {}, name, path);
    return input;
  });
}

/** `training=True` keeps dropout alive for ever; other arguments are inputs in disguise. */
function assertPlainCall(
  further: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
): void {
  for (const [argument, value] of Object.entries(further)) {
    if (value === null || value === undefined || (argument === 'training' && value === false))
      continue;
    throw notAChain(path, `its layer "${name}" is called with the argument ${argument}`);
  }
}

function only(
  references: z.infer<typeof FunctionalSchema>['input_layers'],
  what: string,
  path: string,
): string {
  const [first] = references;
  if (typeof first === 'string') return first;
  if (first === undefined || references.length > 1) {
    throw notAChain(path, `it has ${references.length} ${what}s`);
  }
  return first[0];
}

function notAChain(path: string, why: string): Error {
  return studentError(
    'model-not-sequential',
    `${path} holds a graph of layers that cannot be examined: ${why}. Only layers one after the other are read, as a Sequential model or as a functional one.`,
    'Build the network as a chain of layers, train it and save it again.',
  );
}
