import { z } from 'zod';
import { readEmbeddedJson } from '../keras/embedded-json.ts';
import type { ModelLimits } from '../model-limits.ts';
import { storedType } from './dtypes.ts';
import { torchProblem } from './problem.ts';
import { readStrided, rowMajorStrides, type StoredTensor } from './tensor.ts';

const EntrySchema = z.looseObject({
  dtype: z.string().max(20),
  shape: z.array(z.int().nonnegative()).max(8),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const HeaderSchema = z.record(z.string().max(400), z.unknown());
const SAVE_AGAIN =
  'Save it again with safetensors.torch.save_file(model.state_dict(), "name.safetensors") and hand in that file as it is.';

/** Whether bytes begin as a file of safetensors: the length of a JSON object, and its brace. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 9 && bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0);
}

/**
 * Reads a file of safetensors (https://huggingface.co/docs/safetensors, "Format"): eight bytes of length, a JSON object
 * of the arrays, then their bytes, which must fill the rest without a gap or an overlap.
 */
export function readSafetensors(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Map<string, StoredTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(length <= bytes.length - 8 && length <= limits.topologyBytes)) {
    throw problem(path, 'has a header that is not in the file');
  }
  const header = HeaderSchema.safeParse(
    readEmbeddedJson(bytes.subarray(8, 8 + length), `${path} (header)`, limits),
  );
  if (!header.success) throw problem(path, 'has a header that is no list of arrays');
  const data = bytes.subarray(8 + length);
  const tensors = new Map<string, StoredTensor>();
  const spans: (readonly [number, number])[] = [];
  for (const [name, described] of Object.entries(header.data)) {
    if (name === '__metadata__') continue;
    const entry = EntrySchema.safeParse(described);
    const type = entry.success ? storedType(entry.data.dtype) : null;
    if (!entry.success || type === null)
      throw problem(path, `describes "${name}" as no array that is known`);
    const {
      shape,
      data_offsets: [start, end],
    } = entry.data;
    const count = shape.reduce((product, extent) => product * extent, 1);
    if (end - start !== count * type.bytes || end > data.length) {
      throw problem(path, `gives "${name}" other bytes than its shape needs`);
    }
    spans.push([start, end]);
    tensors.set(name, {
      type,
      shape,
      length: count,
      read: () =>
        readStrided({
          type,
          bytes: data.subarray(start, end),
          offset: 0,
          shape,
          strides: rowMajorStrides(shape),
        }),
    });
    if (tensors.size > limits.weightArrays * 5)
      throw problem(path, 'lists more arrays than are read');
  }
  let at = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start !== at) throw problem(path, 'has arrays that overlap or leave a gap');
    at = end;
  }
  if (at !== data.length) throw problem(path, 'has bytes that belong to no array');
  return tensors;
}

function problem(path: string, what: string): Error {
  return torchProblem('pytorch-damaged', path, what, SAVE_AGAIN);
}
