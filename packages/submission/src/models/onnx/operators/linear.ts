import { arranged, type OnnxGraphBuilder, plain, type Weights } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { notComputed } from '../problem.ts';
import type { Constant } from '../tensors.ts';
import type { Dynamic } from '../values.ts';
import { spread } from './broadcast.ts';
import type { Operators } from './table.ts';

/** A matrix of the file, and how it is read. */
interface Matrix {
  readonly inputs: number;
  readonly units: number;
  /** `[units, inputs]` in the file, and not `[inputs, units]`. */
  readonly transposed: boolean;
  readonly scale: number;
  readonly numbers: Constant;
}

/** The kernel `[inputs, units]` of a Dense; its rows in the places where our own order has them. */
function kernelOf({ inputs, units, transposed, scale, numbers }: Matrix, value: Dynamic): Weights {
  return () => {
    const from = numbers.read();
    const kernel = new Float32Array(inputs * units);
    for (let input = 0; input < inputs; input += 1) {
      const row = (value.order?.[input] ?? input) * units;
      for (let unit = 0; unit < units; unit += 1) {
        const number = from[transposed ? unit * inputs + input : input * units + unit] ?? 0;
        kernel[row + unit] = scale === 1 ? number : scale * number;
      }
    }
    return kernel;
  };
}

/** A Dense on a flat value, or along the last axis of one that lies as ONNX sees it. */
function dense(
  value: Dynamic,
  matrix: Matrix,
  bias: Weights | null,
  graph: OnnxGraphBuilder,
): Dynamic {
  const { inputs, units } = matrix;
  const last = value.dims.at(-1) ?? 0;
  if (last !== inputs) {
    throw notComputed(`it takes ${inputs} numbers, but what comes before it gives ${last}`);
  }
  const isFlat = value.dims.length === 1;
  const from = isFlat ? graph.flat(value) : graph.asSeen(value);
  const dims = [...value.dims.slice(0, -1), units];
  const at = graph.add(
    'Dense',
    { units, use_bias: bias !== null, activation: 'linear' },
    [from],
    [
      kernelOf(matrix, isFlat ? value : { ...value, order: null }),
      ...(bias === null ? [] : [bias]),
    ],
  );
  return {
    kind: 'dynamic',
    at,
    stored: dims,
    dims,
    order: null,
    nonNegative: false,
  };
}

function matrixOf(numbers: Constant, transposed: boolean, scale = 1): Matrix {
  const [rows = 0, columns = 0] = numbers.shape;
  if (numbers.shape.length !== 2) {
    throw notComputed(`its weights have the shape [${numbers.shape.join(', ')}] and are no matrix`);
  }
  return {
    inputs: transposed ? columns : rows,
    units: transposed ? rows : columns,
    transposed,
    scale,
    numbers,
  };
}

function gemm(node: Node, graph: OnnxGraphBuilder): Dynamic {
  node.only('transA', 0);
  const matrix = matrixOf(
    node.constant(1),
    node.integer('transB', 0) === 1,
    node.number('alpha', 1),
  );
  const beta = node.number('beta', 1);
  const term = node.has(2) ? node.constant(2) : null;
  const { units } = matrix;
  if (term !== null && !(term.length === units || term.length === 1)) {
    throw notComputed(`its bias has ${term.length} numbers where ${units} are needed`);
  }
  const bias =
    term === null
      ? null
      : (): Float32Array =>
          Float32Array.from(spread(term.read(), [term.length], [units]), (each) => beta * each);
  const value = node.dynamic(0);
  if (value.dims.length !== 1) throw notComputed('it takes what is flat');
  const out = dense(value, matrix, bias, graph);
  return bias === null ? { ...out, takesBias: node.usedOnce } : out;
}

function matmul(node: Node, graph: OnnxGraphBuilder): Dynamic {
  const out = dense(node.dynamic(0), matrixOf(node.constant(1), false), null, graph);
  return { ...out, takesBias: node.usedOnce };
}

/** With the mean and variance that training left: one of each for a channel. */
function batchNormalization(node: Node, graph: OnnxGraphBuilder): Dynamic {
  node.only('training_mode', 0);
  node.only('spatial', 1);
  const value = node.dynamic(0);
  const [channels = 0] = value.dims;
  const parts = [1, 2, 3, 4].map((place) => node.constant(place));
  if (!parts.every(({ length }) => length === channels)) {
    throw notComputed(
      `it takes ${parts[0]?.length ?? 0} channels, but what comes before it gives ${channels}`,
    );
  }
  const isFlat = value.dims.length === 1;
  const [at, order] = isFlat ? [graph.flat(value), value.order] : [graph.image(value).at, null];
  const config = {
    epsilon: node.number('epsilon', 1e-5),
    momentum: node.number('momentum', 0.9),
    scale: true,
    center: true,
  };
  const place = graph.add(
    'BatchNormalization',
    config,
    [at],
    parts.map(
      ({ read }) =>
        () =>
          arranged(Float32Array.from(read()), order),
    ),
  );
  if (isFlat)
    return plain({
      ...value,
      at: place,
      stored: [channels],
      nonNegative: false,
    });
  const [, height = 1, width = 1] = value.dims;
  return graph.imageAt(place, [channels, height, width], false);
}

export const linearOperators: Operators = {
  Gemm: gemm,
  MatMul: matmul,
  BatchNormalization: batchNormalization,
};
