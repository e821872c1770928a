/*
 * ONNX, written byte by byte: field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */

/** Field 7 of an attribute's type: integers. */
const INTEGERS = 7;
const FLOAT = 1;

export function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

export function chunk(field: number, value: string | Uint8Array): Buffer {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

/** An attribute of several integers. */
export function integers(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([
    chunk(1, name),
    ...values.map((value) => integer(8, value)),
    integer(20, INTEGERS),
  ]);
}

/** A node of a graph. */
export function node(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Buffer[] = [],
): Buffer {
  return chunk(
    1,
    Buffer.concat([
      ...inputs.map((input) => chunk(1, input)),
      chunk(2, output),
      chunk(4, type),
      ...attributes.map((attribute) => chunk(5, attribute)),
    ]),
  );
}

/** A stored tensor of a graph. */
export function tensor(name: string, shape: readonly number[], values: Float32Array): Buffer {
  return chunk(
    5,
    Buffer.concat([
      ...shape.map((extent) => integer(1, extent)),
      integer(2, FLOAT),
      chunk(8, name),
      chunk(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
    ]),
  );
}

/** An input (field 11) or output (field 12) of a graph. */
export function valueInfo(field: 11 | 12, name: string, shape: readonly number[]): Buffer {
  const dimensions = shape.map((extent) => chunk(1, integer(1, extent)));
  const type = chunk(1, Buffer.concat([integer(1, FLOAT), chunk(2, Buffer.concat(dimensions))]));
  return chunk(field, Buffer.concat([chunk(1, name), chunk(2, type)]));
}

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Buffer.from([...out, Number(rest)]);
}
