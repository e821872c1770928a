import { LabproofError } from '@labproof/core';
import { z } from 'zod';
import { refusalOf } from '../refusal.ts';
import type { LeftOut, SubmissionFiles } from './submission-files.ts';

/** Four bytes hold the length of the head, big-endian. */
const LENGTH_BYTES = 4;

const HeadSchema = z.strictObject({
  student: z.string(),
  name: z.string().nullable(),
  unwrapped: z.string().nullable(),
  leftOut: z.array(
    z
      .strictObject({ path: z.string(), why: z.string(), unopened: z.literal(true).optional() })
      .transform(({ path, why, unopened }): LeftOut =>
        unopened === undefined ? { path, why } : { path, why, unopened },
      ),
  ),
  files: z.array(
    z.strictObject({
      path: z.string(),
      bytes: z.int().nonnegative(),
      /** Why the file could not be read where it was handed in; then no bytes of it follow. */
      unreadable: z
        .strictObject({ code: z.string(), message: z.string(), fix: z.string() })
        .nullable(),
    }),
  ),
});

/** A submission on its way to another machine, with whose it is. */
export interface PackedSubmission {
  readonly student: string;
  readonly name: string | null;
  readonly files: SubmissionFiles;
}

/** A submission as bytes: the length of a head, the head as JSON, the files one after the other. */
export function packSubmission({ student, name, files }: PackedSubmission): Uint8Array {
  const contents: Uint8Array[] = [];
  const listed = files.files.map(({ path, bytes, read }) => {
    try {
      contents.push(read());
      return { path, bytes, unreadable: null };
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      return { path, bytes, unreadable: refusalOf(error) };
    }
  });
  const { unwrapped, leftOut } = files;
  const head = new TextEncoder().encode(
    JSON.stringify({ student, name, unwrapped, leftOut, files: listed }),
  );
  const parts = [new Uint8Array(LENGTH_BYTES), head, ...contents];
  const packed = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  new DataView(packed.buffer).setUint32(0, head.length);
  let offset = LENGTH_BYTES;
  for (const part of parts.slice(1)) {
    packed.set(part, offset);
    offset += part.length;
  }
  return packed;
}

/** The submission that was packed, to the byte. Throws on bytes that `packSubmission` did not write. */
export function unpackSubmission(packed: Uint8Array): PackedSubmission {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let offset = LENGTH_BYTES + view.getUint32(0);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(
    packed.subarray(LENGTH_BYTES, offset),
  );
  const { student, name, files, leftOut, unwrapped } = HeadSchema.parse(JSON.parse(text));
  const placed = files.map(({ path, bytes, unreadable }) => {
    const from = offset;
    if (unreadable === null) offset += bytes;
    const content = packed.subarray(from, offset);
    return {
      path,
      bytes,
      read: (): Uint8Array => {
        if (unreadable === null) return content;
        throw new LabproofError({ ...unreadable, owner: 'student' });
      },
    };
  });
  if (offset !== packed.length)
    throw new RangeError('the packed submission is cut off or too long');
  return { student, name, files: { files: placed, leftOut, unwrapped } };
}
