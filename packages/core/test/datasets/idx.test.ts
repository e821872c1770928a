import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/datasets/idx.ts';
import { LabproofError } from '../../src/errors/labproof-error.ts';

function idx(shape: readonly number[], data: Uint8Array, type = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  bytes.set([0, 0, type, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

const arrays = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return fc.tuple(fc.constant(shape), fc.uint8Array({ minLength: length, maxLength: length }));
});

function refusal(bytes: Uint8Array): LabproofError {
  try {
    parseIdx(bytes, 'digits-idx3-ubyte');
  } catch (error) {
    if (error instanceof LabproofError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('parseIdx', () => {
  it('reads the shape and the values back', () => {
    fc.assert(
      fc.property(arrays, ([shape, data]) => {
        const parsed = parseIdx(idx(shape, data), 'any');
        expect(parsed.shape).toEqual(shape);
        expect(parsed.data).toEqual(data);
      }),
    );
  });

  it('reads a file that lies anywhere inside a larger buffer', () => {
    const file = idx([2, 2], Uint8Array.of(9, 8, 7, 6));
    const buffer = new Uint8Array(file.length + 7).fill(255);
    buffer.set(file, 3);
    const parsed = parseIdx(buffer.subarray(3, 3 + file.length), 'any');
    expect(parsed).toEqual({ shape: [2, 2], data: Uint8Array.of(9, 8, 7, 6) });
  });

  it('refuses every proper beginning and every extension of a file', () => {
    fc.assert(
      fc.property(arrays, fc.nat(), ([shape, data], cut) => {
        const file = idx(shape, data);
        expect(refusal(file.subarray(0, cut % file.length)).code).toBe('dataset-file-malformed');
        expect(refusal(Uint8Array.of(...file, 0)).code).toBe('dataset-file-malformed');
      }),
    );
  });

  it('never fails with anything but a LabproofError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          parseIdx(bytes, 'noise');
        } catch (error) {
          expect(error).toBeInstanceOf(LabproofError);
        }
      }),
    );
  });

  it('refuses a header that claims more than memory could hold', () => {
    const lie = idx([0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(16));
    expect(refusal(lie).message).toContain(
      '4294967295 × 4294967295 × 4294967295 values, and it holds 16',
    );
  });

  it('names the file and the type that it cannot use', () => {
    const floats = idx([1], new Uint8Array(1), 0x0d);
    expect(refusal(floats).message).toBe(
      'digits-idx3-ubyte is not an IDX file of bytes: its values have type 0x0d, and images and labels are 0x08.',
    );
    expect(refusal(floats).owner).toBe('instructor');
  });
});
