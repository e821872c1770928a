import type { Kernels } from '../../engines/kernels.ts';
import { ActivationOperation } from '../../layers/activation.ts';
import { type Operation, type Parameter, type Pass, sizeOf } from '../../layers/layer.ts';
import type { Merge } from '../../layers/merge.ts';
import { layerRegistry, mergeRegistry } from '../../layers/registry.ts';
import type { ModelPlan, PlannedLayer } from '../../model/plan.ts';
import { layerStreams } from '../layer-streams.ts';
import { planStrips, type Strips } from './strips.ts';
import { Between } from './between.ts';

/** What one layer does: join its inputs where it has several, then its operations, one after the other. */
interface Step {
  readonly inbound: readonly number[];
  readonly merge: Merge | null;
  readonly operations: readonly Operation[];
}

/** A planned network in an engine's memory. */
export class Network {
  readonly parameters: readonly Parameter[];
  readonly inputLength: number;
  /** Values per example in the output, and the extent of its last axis (the classes). */
  readonly outputLength: number;
  /** The last operation if its gradient can be taken together with a crossentropy's. */
  readonly head: 'softmax' | 'sigmoid' | null;
  readonly #steps: readonly Step[];
  /** The operations of all steps: a network that is trained is a chain. */
  readonly #body: readonly Operation[];
  readonly #head: Operation | undefined;
  readonly #kernels: Kernels;
  readonly #strips: Strips | null;
  /** Where the strips' outputs are put together. */
  readonly #gathered: number;

  /** `rows` is the largest number of examples in one pass; `seed` names the dropout masks. */
  constructor(
    kernels: Kernels,
    plan: ModelPlan,
    options: { rows: number; training: boolean; seed: number },
  ) {
    const steps: (Step & { readonly operations: Operation[] })[] = [];
    const parameters: Parameter[][] = [];
    const uses = useCounts(plan);
    /** Whether the last who takes a layer's output may overwrite it: it is the only one, and nobody looks back. */
    const free: boolean[] = [];
    const streams = layerStreams(plan, options.seed);
    const memory = new Between(kernels, plan, options);
    for (const [index, layer] of plan.layers.entries()) {
      const { inbound } = layer;
      memory.begin();
      const own =
        (layer.sharedWith === null ? null : parameters[layer.sharedWith]) ??
        allocateParameters(kernels, layer, options.training);
      parameters.push(own);
      const streamKey = streams[index];
      if (streamKey === undefined) throw new Error('a layer without its streams');
      const inputIsFree = inbound.every((place) => free[place] ?? false);
      const common = { kernels, memory, rows: options.rows };
      const merge =
        layer.kind === 'merge'
          ? definitionIn(mergeRegistry, layer).build(layer, {
              ...common,
              inputShapes: layer.inputShapes,
            })
          : null;
      const operations =
        merge !== null
          ? []
          : definitionIn(layerRegistry, layer).build(layer, {
              ...common,
              training: options.training,
              inputShape: layer.inputShape,
              inputLength: sizeOf(layer.inputShape),
              inputIsFree,
              before: options.training ? steps.at(-1)?.operations.at(-1) : undefined,
              outputLength: sizeOf(layer.outputShape),
              parameters: own,
              streamKey,
            });
      // A layer without operations of its own, as Flatten, hands on what it takes.
      const outputIsFree = operations.at(-1)?.outputIsFree ?? (merge !== null || inputIsFree);
      free.push(outputIsFree && uses[index] === 1);
      steps.push({ inbound, merge, operations });
    }
    const last = steps.at(-1)?.operations ?? [];
    const end = last.at(-1);
    const lastName = end instanceof ActivationOperation ? end.name : null;
    this.head = lastName === 'softmax' || lastName === 'sigmoid' ? lastName : null;
    this.#head = this.head === null ? undefined : last.pop();
    this.#steps = steps;
    this.#body = steps.flatMap(({ operations }) => operations);
    this.#kernels = kernels;
    this.parameters = parameters.filter((_, at) => plan.layers[at]?.sharedWith === null).flat();
    this.inputLength = sizeOf(plan.inputShape);
    this.outputLength = sizeOf(plan.outputShape);
    // A GPU takes many examples at once, and what it holds is not at hand here.
    this.#strips =
      kernels.engine === 'cuda' ? null : planStrips(plan, options.rows, kernels.threads);
    this.#gathered =
      this.#strips === null ? 0 : kernels.allocate(options.rows * this.#strips.outputLength * 4);
  }

  /** Everything but the head: its logits, or the output itself where there is none. */
  forward(x: number, rows: number, pass: Pass): number {
    const strips = this.#strips;
    if (strips !== null && !pass.training && rows > strips.rows) {
      return this.#forwardInStrips(strips, x, rows, pass);
    }
    const values: number[] = [];
    let value = x;
    for (const { inbound, merge, operations } of this.#steps) {
      const inputs = inbound.map((place) => (place === -1 ? x : (values[place] ?? x)));
      value = merge === null ? (inputs[0] ?? x) : merge.forward(inputs, rows);
      for (const operation of operations) value = operation.forward(value, rows, pass);
      values.push(value);
    }
    return value;
  }

  /** The same of a chain: its first layers on a few examples at a time, the others on all of them. */
  #forwardInStrips(strips: Strips, x: number, rows: number, pass: Pass): number {
    const kernels = this.#kernels;
    const run = (steps: readonly Step[], from: number, count: number): number => {
      let value = from;
      for (const { operations } of steps) {
        for (const operation of operations) value = operation.forward(value, count, pass);
      }
      return value;
    };
    const first = this.#steps.slice(0, strips.layers);
    for (let start = 0; start < rows; start += strips.rows) {
      const count = Math.min(strips.rows, rows - start);
      const output = run(first, x + start * this.inputLength * 4, count);
      const length = count * strips.outputLength;
      const place = this.#gathered + start * strips.outputLength * 4;
      kernels.f32(place, length).set(kernels.f32(output, length));
    }
    return run(this.#steps.slice(strips.layers), this.#gathered, rows);
  }

  /** The head; the identity where the network has none. */
  finish(logits: number, rows: number, pass: Pass): number {
    return this.#head === undefined ? logits : this.#head.forward(logits, rows, pass);
  }

  /** Gradient of the output → gradient of what `forward` returned, for losses that are not fused with the head. */
  finishBackward(dy: number, rows: number): number {
    return this.#head === undefined ? dy : this.#head.backward(dy, rows, true);
  }

  /** Gradient of what `forward` returned → gradients of all parameters. Of chains alone: no other network is trained. */
  backward(dy: number, rows: number): void {
    let gradient = dy;
    for (let index = this.#body.length - 1; index >= 0; index -= 1) {
      // Nothing before the first operation learns, so the gradient of the input itself is never needed.
      gradient = this.#body[index]?.backward(gradient, rows, index > 0) ?? gradient;
    }
  }

  /** Copies of the weights in layer order. */
  readWeights(): Float32Array[] {
    return this.parameters.map(({ pointer, length }) => this.#kernels.f32(pointer, length).slice());
  }

  writeWeights(weights: readonly Float32Array[]): void {
    for (const [index, { pointer, length }] of this.parameters.entries()) {
      const values = weights[index];
      if (values?.length !== length) {
        throw new RangeError(`weight array ${index} should hold ${length} values`);
      }
      this.#kernels.f32(pointer, length).set(values);
    }
  }
}

function allocateParameters(kernels: Kernels, layer: PlannedLayer, training: boolean): Parameter[] {
  return layer.weights.map(({ shape, trainable, regularizer }) => {
    const length = sizeOf(shape);
    return {
      pointer: kernels.allocate(length * 4),
      gradient: training && trainable ? kernels.allocate(length * 4) : 0,
      length,
      trainable,
      regularizer,
    };
  });
}

function definitionIn<D>(registry: ReadonlyMap<string, D>, { className }: PlannedLayer): D {
  const definition = registry.get(className);
  if (definition === undefined) throw new Error(`${className} is not computed by the kernels`);
  return definition;
}

/** How often the output of each layer is taken; the network's own output is taken once, by whoever asked for it. */
function useCounts({ layers }: ModelPlan): number[] {
  const counts = layers.map((_, index): number => (index === layers.length - 1 ? 1 : 0));
  for (const { inbound } of layers) {
    for (const place of inbound) if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}
