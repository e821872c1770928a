/** How a storage's numbers are written. */
export interface StoredType {
  /** As PyTorch names it. */
  readonly name: string;
  /** Bytes a number. */
  readonly bytes: number;
  /** Whether its numbers can be weights: integers count batches and the like. */
  readonly float: boolean;
  /** One number, little-endian, as the nearest float32. */
  read(view: DataView, offset: number): number;
}

const FLOAT32: StoredType = {
  name: 'float32',
  bytes: 4,
  float: true,
  read: (view, offset) => view.getFloat32(offset, true),
};

const types: readonly StoredType[] = [
  FLOAT32,
  {
    name: 'float64',
    bytes: 8,
    float: true,
    read: (view, offset) => Math.fround(view.getFloat64(offset, true)),
  },
  {
    name: 'float16',
    bytes: 2,
    float: true,
    read: (view, offset) => halfToNumber(view.getUint16(offset, true)),
  },
  {
    // The upper half of a float32 (https://en.wikipedia.org/wiki/Bfloat16_floating-point_format).
    name: 'bfloat16',
    bytes: 2,
    float: true,
    read: (view, offset) => bitsToFloat(view.getUint16(offset, true) * 0x10000),
  },
  ...(
    [
      ['int64', 8],
      ['int32', 4],
      ['int16', 2],
      ['int8', 1],
      ['uint8', 1],
      ['bool', 1],
    ] as const
  ).map(([name, bytes]): StoredType => ({ name, bytes, float: false, read: () => Number.NaN })),
];

const byName = new Map(types.map((type) => [type.name, type]));

/** PyTorch's typed storages of before 2.0, which files still name. */
const storages: Readonly<Record<string, string>> = {
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};

const aliases: Readonly<Record<string, string>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  long: 'int64',
  int: 'int32',
  // An untyped storage counts bytes; the tensor over it says how they are read.
  UntypedStorage: 'uint8',
};

/** safetensors' names (https://github.com/huggingface/safetensors, `Dtype`). */
const safetensors: Readonly<Record<string, string>> = {
  F32: 'float32',
  F64: 'float64',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

/** The type that a name in a file says: `torch.FloatStorage`, `torch.float16`, `F32`; `null` for any other. */
export function storedType(name: string): StoredType | null {
  const plain = name.split('.').at(-1) ?? '';
  for (const names of [storages, aliases, safetensors]) {
    if (Object.hasOwn(names, plain)) return byName.get(names[plain] ?? '') ?? null;
  }
  return byName.get(plain) ?? null;
}

const scratch = new DataView(new ArrayBuffer(4));

function bitsToFloat(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
