interface Array32 {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * The weights of a model of TensorFlow.js's as PyTorch lays them out: Linear [out, in], Conv2d [out, in, row, column], and
 * the first Linear behind a convolution sees the image as (channel, row, column) instead of (row, column, channel).
 */
export function asStateDict(json: string, weights: Uint8Array): Array32[] {
  const { weightsManifest } = JSON.parse(json) as {
    weightsManifest: { weights: { name: string; shape: number[] }[] }[];
  };
  let offset = 0;
  let channels = 1;
  return weightsManifest
    .flatMap((group) => group.weights)
    .map(({ name, shape }): Array32 => {
      const length = shape.reduce((product, size) => product * size, 1);
      const bytes = Uint8Array.from(weights.subarray(offset, offset + length * 4));
      offset += length * 4;
      const values = new Float32Array(bytes.buffer);
      const called = name.replace('/kernel', '.weight').replace('/bias', '.bias');
      if (shape.length === 4) {
        channels = shape[3]!;
        return { name: called, ...transposed(values, shape, [3, 2, 0, 1]) };
      }
      if (shape.length !== 2) return { name: called, shape, values };
      const [inputs = 0, outputs = 0] = shape;
      if (channels === 1) return { name: called, ...transposed(values, shape, [1, 0]) };
      const side = Math.sqrt(inputs / channels);
      const image = transposed(values, [side, side, channels, outputs], [3, 2, 0, 1]);
      channels = 1;
      return { name: called, shape: [outputs, inputs], values: image.values };
    });
}

/** An array with its dimensions in another order: `order[i]` is the old place of the new dimension `i`. */
function transposed(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { shape: number[]; values: Float32Array } {
  const strides = shape.map((_, at) =>
    shape.slice(at + 1).reduce((product, size) => product * size, 1),
  );
  const next = order.map((place) => shape[place]!);
  const result = new Float32Array(values.length);
  const index = next.map(() => 0);
  for (let at = 0; at < result.length; at += 1) {
    let from = 0;
    for (const [dimension, place] of order.entries()) from += index[dimension]! * strides[place]!;
    result[at] = values[from]!;
    for (let dimension = next.length - 1; dimension >= 0; dimension -= 1) {
      index[dimension]! += 1;
      if (index[dimension]! < next[dimension]!) break;
      index[dimension] = 0;
    }
  }
  return { shape: next, values: result };
}

/** A file of safetensors: the length of a header in JSON, the header, the arrays one after the other. */
export function safetensors(arrays: readonly Array32[]): Uint8Array {
  let offset = 0;
  const entries = arrays.map(({ name, shape, values }) => {
    const begin = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const file = new Uint8Array(8 + header.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  let place = 8 + header.length;
  for (const { values } of arrays) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
    place += values.byteLength;
  }
  return file;
}
