import type { ModelPlan } from '../../model/plan.ts';
import { layerStreams } from '../layer-streams.ts';
import type { Kernels } from '../../engines/kernels.ts';
import type { TfjsOperation } from './layers/layer.ts';
import { tfjsLayers } from './layers/registry.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** How the operations of one forward pass are to behave. */
export interface NetworkPass {
  readonly training: boolean;
  readonly step: number;
  /** All weights in layer order. */
  readonly weights: readonly Tensor[];
  /** Gives one of them a new value after the pass. */
  replaceWeight(index: number, value: Tensor): void;
}

interface BoundOperation {
  readonly operation: TfjsOperation;
  /** Where the layer's weights begin and end in the network's. */
  readonly from: number;
  readonly to: number;
}

/** A planned network in TensorFlow.js ops. */
export class TfjsNetwork {
  /** The last operation if a crossentropy is computed from what stands before it. */
  readonly head: 'softmax' | 'sigmoid' | null;
  readonly #body: readonly BoundOperation[];
  readonly #head: BoundOperation | undefined;

  /** `rows` is the largest number of examples in one pass; `seed` names the dropout masks, which `kernels` draws. */
  constructor(
    tf: TensorFlow,
    kernels: Kernels,
    plan: ModelPlan,
    options: { readonly rows: number; readonly seed: number },
  ) {
    const operations: BoundOperation[] = [];
    const streams = layerStreams(plan, options.seed);
    let from = 0;
    for (const [index, layer] of plan.layers.entries()) {
      const to = from + layer.weights.length;
      const definition = tfjsLayers.get(layer.className);
      if (definition === undefined) throw new Error(`no layer ${layer.className}`);
      const streamKey = streams[index];
      if (streamKey === undefined) throw new Error('a layer without its streams');
      const context = { tf, kernels, rows: options.rows, streamKey };
      for (const operation of definition.build(layer, context)) {
        operations.push({ operation, from, to });
      }
      from = to;
    }
    const last = operations.at(-1)?.operation.kind ?? 'other';
    this.head = last === 'other' ? null : last;
    this.#head = this.head === null ? undefined : operations.pop();
    this.#body = operations;
  }

  /** `x` is `[rows, ...inputShape]`. The logits are what stands before the head, else the output itself. */
  forward(x: Tensor, pass: NetworkPass): { logits: Tensor; output: Tensor } {
    const run = (value: Tensor, { operation, from, to }: BoundOperation): Tensor =>
      operation.forward(value, {
        ...pass,
        weights: pass.weights.slice(from, to),
        replaceWeight: (index, next) => pass.replaceWeight(from + index, next),
      });
    const logits = this.#body.reduce(run, x);
    return { logits, output: this.#head === undefined ? logits : run(logits, this.#head) };
  }
}
