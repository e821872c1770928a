/** Writes protobuf, and no more of ONNX than a test says: https://protobuf.dev/programming-guides/encoding/. */

export type Bytes = readonly number[];

export function varint(value: number): Bytes {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return bytes;
}

export const integer = (field: number, value: number): Bytes => [
  ...varint(field * 8),
  ...varint(value),
];
export const bytes = (field: number, value: Bytes): Bytes => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...value,
];
export const text = (field: number, value: string): Bytes => [
  ...bytes(field, [...new TextEncoder().encode(value)]),
];
const float = (field: number, value: number): Bytes => [
  ...varint(field * 8 + 5),
  ...new Uint8Array(Float32Array.of(value).buffer),
];

export function tensor(
  name: string,
  dims: readonly number[],
  options: { values?: readonly number[]; type?: number; more?: Bytes } = {},
): Bytes {
  const { values = [], type = 1, more = [] } = options;
  return [
    ...dims.flatMap((extent) => integer(1, extent)),
    ...integer(2, type),
    ...text(8, name),
    ...bytes(9, [...new Uint8Array(Float32Array.from(values).buffer)]),
    ...more,
  ];
}

export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[] | { float: number }>> = {},
  more: Bytes = [],
): Bytes {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...outputs.flatMap((name) => text(2, name)),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => {
      const written =
        typeof value === 'number'
          ? integer(3, value)
          : 'float' in value
            ? float(2, value.float)
            : value.flatMap((each) => integer(8, each));
      return bytes(5, [...text(1, name), ...written]);
    }),
    ...more,
  ];
}

export function value(name: string, dims: readonly (number | string)[], type = 1): Bytes {
  const shape = dims.flatMap((extent) =>
    bytes(1, typeof extent === 'string' ? text(2, extent) : integer(1, extent)),
  );
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, type), ...bytes(2, shape)]))];
}

export interface GraphParts {
  readonly nodes?: readonly Bytes[];
  readonly arrays?: readonly Bytes[];
  readonly inputs?: readonly Bytes[];
  readonly outputs?: readonly Bytes[];
  readonly more?: Bytes;
}

export const half = (count: number): number[] => Array.from({ length: count }, () => 0.5);

/** A Gemm from 784 numbers to 10, and whatever a test puts in the place of a part. */
export function graph(parts: GraphParts = {}): Bytes {
  const {
    nodes = [node('Gemm', ['image', 'weight'], ['scores'])],
    arrays = [tensor('weight', [784, 10], { values: half(7840) })],
    inputs = [value('image', ['N', 784])],
    outputs = [value('scores', ['N', 10])],
    more = [],
  } = parts;
  return [
    ...nodes.flatMap((each) => bytes(1, each)),
    ...arrays.flatMap((each) => bytes(5, each)),
    ...inputs.flatMap((each) => bytes(11, each)),
    ...outputs.flatMap((each) => bytes(12, each)),
    ...more,
  ];
}

export function model(parts: GraphParts = {}, more: Bytes = [], operatorSet = 13): Uint8Array {
  return Uint8Array.from([
    ...integer(1, 8),
    ...text(2, 'pytorch'),
    ...bytes(7, graph(parts)),
    ...bytes(8, [...text(1, ''), ...integer(2, operatorSet)]),
    ...more,
  ]);
}
