/** Writes pickles opcode by opcode, for files that no PyTorch would write. */
export const op = {
  proto: '\u0080\u0002',
  stop: '.',
  mark: '(',
  global: (module: string, name: string) => `c${module}\n${name}\n`,
  text: (text: string) => `X${uint32(text.length)}${text}`,
  int: (value: number) => `J${uint32(value >>> 0)}`,
  tuple: (...items: string[]) => `(${items.join('')}t`,
  reduce: 'R',
  build: 'b',
  put: (place: number) => `r${uint32(place)}`,
  get: (place: number) => `j${uint32(place)}`,
  emptyDict: '}',
  setItem: 's',
  persistent: 'Q',
} as const;

function uint32(value: number): string {
  return String.fromCharCode(
    value & 255,
    (value >> 8) & 255,
    (value >> 16) & 255,
    (value >>> 24) & 255,
  );
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A tensor as `torch.save` describes it, with anything in the place of its numbers. */
export function tensor(options: {
  key?: string;
  count?: number;
  offset?: number;
  shape?: readonly number[];
  strides?: readonly number[];
  type?: string;
}): string {
  const {
    key = '0',
    count = 4,
    offset = 0,
    shape = [2, 2],
    strides = [2, 1],
    type = 'FloatStorage',
  } = options;
  const storage = op.tuple(
    op.text('storage'),
    op.global('torch', type),
    op.text(key),
    op.text('cpu'),
    op.int(count),
  );
  const numbers = (values: readonly number[]) => op.tuple(...values.map(op.int));
  return (
    op.global('torch._utils', '_rebuild_tensor_v2') +
    op.tuple(
      `${storage}${op.persistent}`,
      op.int(offset),
      numbers(shape),
      numbers(strides),
      '\u0089',
      op.emptyDict,
    ) +
    op.reduce
  );
}

/** `{name: value, …}` */
export function dict(entries: Readonly<Record<string, string>>): string {
  const items = Object.entries(entries).map(
    ([name, value]) => `${op.text(name)}${value}${op.setItem}`,
  );
  return `${op.emptyDict}${items.join('')}`;
}
