import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';

/** An array of unsigned bytes as an IDX file holds it, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** A view of the file's own bytes. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes: two zero bytes, the type, the number of dimensions, then each dimension as a
 * big-endian 32-bit integer, then the values. (Y. LeCun, C. Cortes, C. Burges: the MNIST database, file formats.)
 * The length must fit the header exactly. `name` appears in the error.
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const [zero1, zero2, type, rank] = bytes;
  if (zero1 !== 0 || zero2 !== 0 || rank === undefined) {
    throw malformed(name, 'it does not begin with the two zero bytes and the type of an IDX file');
  }
  if (type !== UNSIGNED_BYTE) {
    throw malformed(name, `its values have type 0x${hex(type)}, and images and labels are 0x08`);
  }
  const headerLength = 4 + 4 * rank;
  if (rank === 0 || bytes.length < headerLength) {
    throw malformed(name, `it ends inside its header of ${rank} dimensions`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis, false));
  const expected = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - headerLength;
  if (found !== expected) {
    throw malformed(name, `its header says ${shape.join(' × ')} values, and it holds ${found}`);
  }
  return { shape, data: bytes.subarray(headerLength) };
}

function hex(value: number | undefined): string {
  return (value ?? 0).toString(16).padStart(2, '0');
}

function malformed(name: string, why: string): LabproofError {
  return coreError('dataset-file-malformed', {
    message: `${name} is not an IDX file of bytes: ${why}.`,
    fix: 'Use the original file, or let `labproof datasets pull` download it.',
  });
}
