import type { Kernels } from '../engines/kernels.ts';
import { ActivationOperation } from '../layers/activation.ts';
import { type Operation, type Parameter, type Pass, sizeOf } from '../layers/layer.ts';
import type { ModelPlan } from '../model/plan.ts';
import { layerStreams } from '../random/layer-streams.ts';

/** A planned network in an engine's memory. */
export class Network {
  readonly parameters: readonly Parameter[];
  readonly inputLength: number;
  /** Values per example in the output, and the extent of its last axis (the classes). */
  readonly outputLength: number;
  /** The last operation if its gradient can be taken together with a crossentropy's. */
  readonly head: 'softmax' | 'sigmoid' | null;
  readonly #body: readonly Operation[];
  readonly #head: Operation | undefined;
  readonly #kernels: Kernels;

  /** `rows` is the largest number of examples in one pass; `seed` names the dropout masks. */
  constructor(
    kernels: Kernels,
    plan: ModelPlan,
    options: { rows: number; training: boolean; seed: number },
  ) {
    const operations: Operation[] = [];
    const parameters: Parameter[] = [];
    const streams = layerStreams(plan, options.seed);
    for (const [index, layer] of plan.layers.entries()) {
      const own = layer.weights.map(({ shape, trainable, regularizer }): Parameter => {
        const length = sizeOf(shape);
        return {
          pointer: kernels.allocate(length * 4),
          gradient: options.training && trainable ? kernels.allocate(length * 4) : 0,
          length,
          trainable,
          regularizer,
        };
      });
      parameters.push(...own);
      const streamKey = streams[index];
      if (streamKey === undefined) throw new Error('a layer without its streams');
      operations.push(
        ...layer.definition.build(layer, {
          kernels,
          rows: options.rows,
          training: options.training,
          inputShape: layer.inputShape,
          inputLength: sizeOf(layer.inputShape),
          inputIsFree: operations.at(-1)?.outputIsFree ?? false,
          outputLength: sizeOf(layer.outputShape),
          parameters: own,
          streamKey,
        }),
      );
    }
    const last = operations.at(-1);
    const lastName = last instanceof ActivationOperation ? last.name : null;
    this.head = lastName === 'softmax' || lastName === 'sigmoid' ? lastName : null;
    this.#head = this.head === null ? undefined : operations.pop();
    this.#body = operations;
    this.#kernels = kernels;
    this.parameters = parameters;
    this.inputLength = sizeOf(plan.inputShape);
    this.outputLength = sizeOf(plan.outputShape);
  }

  /** Everything but the head: its logits, or the output itself where there is none. */
  forward(x: number, rows: number, pass: Pass): number {
    let value = x;
    for (const operation of this.#body) value = operation.forward(value, rows, pass);
    return value;
  }

  /** The head; the identity where the network has none. */
  finish(logits: number, rows: number, pass: Pass): number {
    return this.#head === undefined ? logits : this.#head.forward(logits, rows, pass);
  }

  /** Gradient of the output → gradient of what `forward` returned, for losses that are not fused with the head. */
  finishBackward(dy: number, rows: number): number {
    return this.#head === undefined ? dy : this.#head.backward(dy, rows, true);
  }

  /** Gradient of what `forward` returned → gradients of all parameters. */
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
