import { z } from 'zod';
import type { ModelLimits } from '../model-limits.ts';
import { isModelClass } from './layer-classes.ts';
import type { StoredLayer } from './layer-schema.ts';
import { submissionError } from '../../errors.ts';

/** The output of a layer: layers may be called several times, and every call has an output of its own. */
interface Tensor {
  readonly layer: string;
  readonly call: number;
}

/** One call of a layer, and what it is called with. */
interface GraphCall extends Tensor {
  readonly inputs: readonly Tensor[];
}

/** A functional model with one input and one output. */
export interface KerasGraph {
  readonly input: string;
  /** Every call, each after those whose outputs it takes; the last one's output is the model's. */
  readonly calls: readonly GraphCall[];
}

const Reference = z.tuple([z.string().max(200), z.int().nonnegative(), z.literal(0)]);
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
/** How Keras 2 writes it: name, call, output and further arguments. */
const LegacyTensorSchema = z.union([
  Reference,
  z.tuple([
    z.string().max(200),
    z.int().nonnegative(),
    z.literal(0),
    z.record(z.string(), z.unknown()),
  ]),
]);

type Calls = ReadonlyMap<string, readonly (readonly Tensor[])[]>;

/**
 * The graph of a functional model's configuration and of its layers, in Keras 2's or Keras 3's notation.
 * Throws the student's `model-graph` for what has no order, or not exactly one input and one output.
 */
export function readGraph(
  config: unknown,
  layers: readonly StoredLayer[],
  { path, limits }: { readonly path: string; readonly limits: ModelLimits },
): KerasGraph {
  const parsed = FunctionalSchema.safeParse(config);
  if (!parsed.success) {
    throw badGraph(path, 'it is not described in a way that is understood');
  }
  const calls = new Map<string, Tensor[][]>();
  for (const layer of layers) {
    const name = layer.name ?? layer.config.name ?? '';
    if (calls.has(name)) throw badGraph(path, `two of its layers are called "${name}"`);
    const nodes = layer.inbound_nodes ?? [];
    if (nodes.length > limits.layers) {
      throw badGraph(path, `its layer "${name}" is used ${nodes.length} times`);
    }
    calls.set(
      name,
      nodes.map((node) => inputsOf(node, name, { path, limits })),
    );
  }
  const output = only(parsed.data.output_layers, 'output', path);
  const shift = numberedFromOne(layers, calls, output);
  const plain = (tensor: Tensor): Tensor =>
    shift.has(tensor.layer) ? { ...tensor, call: tensor.call - 1 } : tensor;
  for (const [name, own] of calls) {
    calls.set(
      name,
      own.map((inputs) => inputs.map(plain)),
    );
  }
  const input = only(parsed.data.input_layers, 'input', path);
  const inputLayer = layers.find((layer) => (layer.name ?? layer.config.name) === input.layer);
  if (inputLayer?.class_name !== 'InputLayer' || calls.get(input.layer)?.length !== 0) {
    throw badGraph(path, `its input "${input.layer}" is no InputLayer`);
  }
  return { input: input.layer, calls: inOrder(calls, input.layer, plain(output), path) };
}

/**
 * Models as layers whose calls are counted from 1: in Keras 2, building the model was a call, too, which is not
 * written down. Every call has to be used, so the lowest number that occurs tells which way it is.
 */
function numberedFromOne(
  layers: readonly StoredLayer[],
  calls: Calls,
  output: Tensor,
): ReadonlySet<string> {
  const lowest = new Map<string, number>();
  for (const { layer, call } of [output, ...[...calls.values()].flat(2)]) {
    lowest.set(layer, Math.min(call, lowest.get(layer) ?? call));
  }
  return new Set(
    layers
      .filter(({ class_name: className }) => isModelClass(className))
      .map(({ name, config }) => name ?? config.name ?? '')
      .filter((name) => lowest.get(name) === 1),
  );
}

/** All calls that the output needs, depth first. Every call of every layer has to be among them. */
function inOrder(calls: Calls, input: string, output: Tensor, path: string): GraphCall[] {
  const order: GraphCall[] = [];
  const state = new Map<string, 'begun' | 'done'>();
  const visit = (tensor: Tensor): void => {
    const { layer, call } = tensor;
    if (layer === input) return;
    const key = `${call} ${layer}`;
    if (state.get(key) === 'done') return;
    if (state.has(key))
      throw badGraph(path, `its layer "${layer}" takes its own output, in a circle`);
    const own = calls.get(layer);
    if (own === undefined)
      throw badGraph(path, `it refers to a layer "${layer}" that it does not have`);
    if (own.length === 0)
      throw badGraph(
        path,
        `what its layer "${layer}" gives does not come from its input "${input}"`,
      );
    const inputs = own[call];
    if (inputs === undefined) {
      throw badGraph(path, `it refers to a use of its layer "${layer}" that is not there`);
    }
    state.set(key, 'begun');
    for (const each of inputs) visit(each);
    state.set(key, 'done');
    order.push({ ...tensor, inputs });
  };
  visit(output);
  if (order.length === 0) throw badGraph(path, 'its output is its input');
  for (const [layer, own] of calls) {
    const aside = own.findIndex((_, call) => !state.has(`${call} ${layer}`));
    if (aside !== -1 || (own.length === 0 && layer !== input)) {
      throw badGraph(path, `its layer "${layer}" does not lie between input and output`);
    }
  }
  return order;
}

function inputsOf(
  call: unknown,
  name: string,
  { path, limits }: { readonly path: string; readonly limits: ModelLimits },
): Tensor[] {
  const tensors = readCall(call, name, path);
  if (tensors.length <= limits.layers) return tensors;
  throw badGraph(path, `its layer "${name}" takes ${tensors.length} inputs`);
}

function readCall(call: unknown, name: string, path: string): Tensor[] {
  const modern = CallSchema.safeParse(call);
  if (modern.success) {
    assertPlainCall(modern.data.kwargs ?? {}, name, path);
    return modern.data.args.flatMap((argument) =>
      (Array.isArray(argument) ? argument : [argument]).map((item: unknown) => {
        const tensor = TensorSchema.safeParse(item);
        if (tensor.success) return tensorOf(tensor.data.config.keras_history);
        throw badGraph(
          path,
          `its layer "${name}" is called with something else than the output of a layer`,
        );
      }),
    );
  }
  const legacy = z.array(LegacyTensorSchema).min(1).safeParse(call);
  if (!legacy.success) throw badGraph(path, `the inputs of its layer "${name}" are not understood`);
  return legacy.data.map(([layer, at, , further]) => {
    assertPlainCall(further ?? {}, name, path);
    return { layer, call: at };
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
    throw badGraph(path, `its layer "${name}" is called with the argument ${argument}`);
  }
}

function only(
  references: z.infer<typeof FunctionalSchema>['input_layers'],
  what: string,
  path: string,
): Tensor {
  const reference = Reference.safeParse(references);
  if (reference.success) return tensorOf(reference.data);
  const [first] = references;
  if (!Array.isArray(first) || references.length > 1) {
    throw badGraph(path, `it has ${references.length} ${what}s`);
  }
  return tensorOf(first);
}

function tensorOf([layer, call]: z.infer<typeof Reference>): Tensor {
  return { layer, call };
}

function badGraph(path: string, why: string): Error {
  return submissionError('model-graph', {
    message: `${path} holds a graph of layers that cannot be examined: ${why}.`,
    fix: 'Build the network with one input and one output and without arguments in its calls, train it and save it again.',
  });
}
