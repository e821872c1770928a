import { damaged, OnnxProblem } from './problem.ts';
import type { TensorMessage } from './messages.ts';
import { storedType } from '../pytorch/dtypes.ts';
import { WireReader } from './wire.ts';

/** An array whose numbers are known. */
export interface Constant {
  readonly kind: 'constant';
  readonly shape: readonly number[];
  readonly length: number;
  /** Integers are sizes and places; other numbers are weights. */
  readonly integer: boolean;
  /**
   * Its numbers in row-major order: float32, or integers as doubles. Among integers NaN stands for the number of
   * examples, which is not known while the layers are read.
   */
  read(): Float32Array | Float64Array;
}

/** Element types by their numbers (`TensorProto.DataType`), and the list that holds them when they are not raw. */
const TYPES: ReadonlyMap<number, readonly [name: string, list: number]> = new Map([
  [1, ['float32', 4]],
  [2, ['uint8', 5]],
  [3, ['int8', 5]],
  [5, ['int16', 5]],
  [6, ['int32', 5]],
  [7, ['int64', 7]],
  [9, ['bool', 5]],
  [10, ['float16', 5]],
  [11, ['float64', 10]],
  [16, ['bfloat16', 5]],
]);

const OTHERS: Readonly<Record<number, string>> = {
  4: 'uint16',
  8: 'strings',
  12: 'uint32',
  13: 'uint64',
  14: 'complex numbers',
  15: 'complex numbers',
};

/** Whether an element type is one of floating-point numbers. */
export function isFloatType(type: number): boolean {
  return type === 1 || type === 10 || type === 11 || type === 16;
}

export function typeName(type: number): string {
  return TYPES.get(type)?.[0] ?? OTHERS[type] ?? `of the type ${type}`;
}

/** Integers are sizes and axes: arrays of them are small. */
const MOST_INTEGERS = 65_536;

/** Opens an array of the file; its numbers are read when they are wanted. `most` bounds how many it may have. */
export function openTensor(tensor: TensorMessage, most: number): Constant {
  const { dims, type, external, texts } = tensor;
  const name = `the array "${tensor.name}"`;
  if (external) {
    throw new OnnxProblem(
      'onnx-external-data',
      `keeps the numbers of ${name} in another file, and no other file is opened`,
      'Export it again with everything in one file: torch.onnx.export(model, x, "name.onnx", external_data=False) in PyTorch, or onnx.save(onnx.load("name.onnx"), "name.onnx"); or hand in torch.save(model.state_dict(), "name.pt").',
    );
  }
  const known = TYPES.get(type);
  if (known === undefined || texts) {
    throw new OnnxProblem(
      'onnx-unread',
      `holds ${name} as ${texts ? 'strings' : typeName(type)}, which is not read`,
    );
  }
  if (!dims.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw damaged(`gives ${name} an extent that is no whole number from zero`);
  }
  const length = dims.reduce((product, extent) => product * extent, 1);
  const integer = !isFloatType(type);
  if (!(length <= (integer ? MOST_INTEGERS : most))) {
    throw new OnnxProblem(
      'onnx-too-large',
      `describes ${name} with more than ${integer ? MOST_INTEGERS : most} numbers`,
      'Hand in the network that the exercise describes.',
    );
  }
  const [typeOf, list] = known;
  return {
    kind: 'constant',
    shape: dims,
    length,
    integer,
    read: numbersOf(tensor, { name, type: typeOf, list, length }),
  };
}

interface Wanted {
  readonly name: string;
  readonly type: string;
  readonly list: number;
  readonly length: number;
}

function numbersOf({ raw, lists }: TensorMessage, wanted: Wanted): Constant['read'] {
  const { name, type, list, length } = wanted;
  const pieces = lists.get(list) ?? [];
  const size = storedType(type)?.bytes ?? 1;
  if (lists.size > (lists.has(list) ? 1 : 0) || (raw !== null && pieces.length > 0)) {
    throw damaged(`holds the numbers of ${name} in several places`);
  }
  const bytes = raw ?? (list === 4 || list === 10 ? joined(pieces) : null);
  if (bytes === null) return () => fromVarints(pieces, wanted);
  if (bytes.length !== length * size) {
    throw damaged(`gives ${name} ${bytes.length} bytes where its shape needs ${length * size}`);
  }
  return () => fromBytes(bytes, wanted);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only = new Uint8Array()] = pieces;
  if (pieces.length < 2) return only;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function fromBytes(bytes: Uint8Array, { type, length }: Wanted): Float32Array | Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const each = INTEGERS[type];
  if (each !== undefined) {
    return Float64Array.from({ length }, (_, at) => each(view, at));
  }
  const values = new Float32Array(length);
  if (type === 'float32') {
    new Uint8Array(values.buffer).set(bytes);
    return values;
  }
  const stored = storedType(type);
  if (stored === null) throw damaged('holds numbers of a type that is not known');
  for (let at = 0; at < length; at += 1) values[at] = stored.read(view, at * stored.bytes);
  return values;
}

const INTEGERS: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  uint8: (view, at) => view.getUint8(at),
  bool: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  int16: (view, at) => view.getInt16(2 * at, true),
  int32: (view, at) => view.getInt32(4 * at, true),
  int64: (view, at) => Number(view.getBigInt64(8 * at, true)),
};

/** Numbers of a list of varints; those of 16 bits are written as whole numbers with the same bits. */
function fromVarints(
  pieces: readonly Uint8Array[],
  { name, type, length }: Wanted,
): Float32Array | Float64Array {
  const integer = INTEGERS[type] !== undefined;
  const stored = storedType(type);
  const values = integer ? new Float64Array(length) : new Float32Array(length);
  const scratch = new DataView(new ArrayBuffer(8));
  let at = 0;
  for (const piece of pieces) {
    const reader = new WireReader(piece);
    for (; !reader.atEnd; at += 1) {
      const value = reader.varint();
      if (at >= length) break;
      if (integer) values[at] = value;
      else {
        scratch.setUint16(0, value & 0xffff, true);
        values[at] = stored?.read(scratch, 0) ?? Number.NaN;
      }
    }
  }
  if (at !== length) throw damaged(`gives ${name} other numbers than its shape needs`);
  return values;
}

/** A constant that was computed from others. */
export function computed(
  shape: readonly number[],
  values: Float32Array | Float64Array,
  integer = values instanceof Float64Array,
): Constant {
  return {
    kind: 'constant',
    shape,
    length: values.length,
    integer,
    read: () => values,
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
