import { type PlannedLayer, planModel, type SequentialConfig } from '@labproof/core';
import { z } from 'zod';
import { chunk, integer, integers, node, tensor, valueInfo } from './onnx-writer.ts';

/** An ONNX file and the name of its output. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly output: string;
}

const ACTIVATIONS: Readonly<Record<string, string>> = { relu: 'Relu', softmax: 'Softmax' };
const pair = z.tuple([z.int(), z.int()]);
const ActivatedOptions = z.object({ activation: z.string().optional() });
const ConvOptions = z.object({ strides: pair, padding: z.literal('valid') });
const PoolOptions = z.object({ pool_size: pair, strides: pair });

/**
 * A network of convolutions, pooling, Flatten and Dense for batches of `rows`; images are [rows, channels, height, width]
 * or [rows, values]. ONNX has channels first, so kernels are turned around, and the rows of the Dense kernel behind
 * Flatten are put into that order: nothing has to be turned around while it runs.
 */
export function onnxModel(
  model: SequentialConfig,
  weights: readonly Float32Array[],
  rows: number,
): OnnxModel {
  const plan = planModel(model);
  const graph = new Graph(weights);
  for (const layer of plan.layers) graph.add(layer);
  const content = Buffer.concat([
    ...graph.nodes,
    chunk(2, 'bench'),
    ...graph.initializers,
    valueInfo(11, 'x', [rows, ...channelsToFront(plan.inputShape)]),
    valueInfo(12, graph.value, [rows, ...plan.outputShape]),
  ]);
  const opset = Buffer.concat([chunk(1, ''), integer(2, 13)]);
  const bytes = Buffer.concat([integer(1, 8), chunk(7, content), chunk(8, opset)]);
  return { bytes, output: graph.value };
}

/** A graph that grows by a layer at a time. */
class Graph {
  readonly nodes: Buffer[] = [];
  readonly initializers: Buffer[] = [];
  /** The name of what the last node gives. */
  value = 'x';
  readonly #weights: Float32Array[];
  /** The shape before Flatten, as long as no Dense has come after it. */
  #flattened: readonly number[] | null = null;

  constructor(weights: readonly Float32Array[]) {
    this.#weights = [...weights];
  }

  add({ className, config, inputShape, weights: [kernel] }: PlannedLayer): void {
    switch (className) {
      case 'Conv2D':
        this.#convolve(kernel?.shape ?? [], ConvOptions.parse(config));
        break;
      case 'MaxPooling2D': {
        const { pool_size: size, strides } = PoolOptions.parse(config);
        this.#to('MaxPool', [], [integers('kernel_shape', size), integers('strides', strides)]);
        break;
      }
      case 'Flatten':
        this.#flattened = inputShape;
        this.#to('Flatten', []);
        break;
      case 'Dense':
        this.#multiply(kernel?.shape ?? []);
        break;
      case 'Dropout':
        break;
      default:
        throw new Error(`${className} is not written as ONNX`);
    }
    const activation = ACTIVATIONS[ActivatedOptions.parse(config).activation ?? ''];
    if (activation !== undefined) this.#to(activation, []);
  }

  #convolve(shape: readonly number[], { strides }: z.infer<typeof ConvOptions>): void {
    const [height = 0, width = 0, inputs = 0, filters = 0] = shape;
    const kernel = filtersFirst([height, width, inputs, filters], this.#next());
    const stored = this.#store([filters, inputs, height, width], kernel);
    this.#to(
      'Conv',
      [stored, this.#store([filters], this.#next())],
      [integers('strides', strides)],
    );
  }

  #multiply([rows = 0, units = 0]: readonly number[]): void {
    const kernel = this.#next();
    const turned =
      this.#flattened === null ? kernel : rowsChannelsFirst(this.#flattened, units, kernel);
    this.#flattened = null;
    const stored = this.#store([rows, units], turned);
    this.#to('Gemm', [stored, this.#store([units], this.#next())]);
  }

  #to(type: string, stored: readonly string[], attributes: readonly Buffer[] = []): void {
    const output = `v${this.nodes.length}`;
    this.nodes.push(node(type, [this.value, ...stored], output, attributes));
    this.value = output;
  }

  #store(shape: readonly number[], values: Float32Array): string {
    const name = `w${this.initializers.length}`;
    this.initializers.push(tensor(name, shape, values));
    return name;
  }

  #next(): Float32Array {
    const array = this.#weights.shift();
    if (array === undefined) throw new RangeError('fewer weights than layers');
    return array;
  }
}

function channelsToFront([height = 0, width, channels]: readonly number[]): number[] {
  return width === undefined || channels === undefined ? [height] : [channels, height, width];
}

/** [height, width, in, out] → [out, in, height, width]. */
function filtersFirst(
  [height, width, inputs, filters]: readonly [number, number, number, number],
  kernel: Float32Array,
): Float32Array {
  const turned = new Float32Array(kernel.length);
  let at = 0;
  for (let filter = 0; filter < filters; filter += 1) {
    for (let input = 0; input < inputs; input += 1) {
      for (let place = 0; place < height * width; place += 1) {
        turned[at] = kernel[(place * inputs + input) * filters + filter] ?? 0;
        at += 1;
      }
    }
  }
  return turned;
}

/** Rows from the order [height, width, channels] into [channels, height, width]. */
function rowsChannelsFirst(
  [height = 0, width = 0, channels = 0]: readonly number[],
  units: number,
  kernel: Float32Array,
): Float32Array {
  const turned = new Float32Array(kernel.length);
  let to = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let place = 0; place < height * width; place += 1) {
      const from = (place * channels + channel) * units;
      turned.set(kernel.subarray(from, from + units), to);
      to += units;
    }
  }
  return turned;
}
