import { LabproofError, reasonOf } from '@labproof/core';
import { clutterReason } from './clutter.ts';
import {
  assertWithinLimits,
  fileObjection,
  type LeftOut,
  type SubmissionFile,
  type SubmissionLimits,
} from './submission-files.ts';
import type { ByteSource } from './byte-source.ts';
import { type ZipMember, zipMembers } from './zip-archive.ts';
import { submissionError } from '../errors.ts';

const RESUBMIT = 'Make the .zip again with the tools of your own computer and hand that in.';

/** What was counted before, in the archives around this one and beside it: limits hold over all of them together. */
export interface ReadSoFar {
  readonly files: number;
  /** Bytes of all files, archives among them. */
  readonly bytes: number;
}

/** The files of one archive, and what was left out of it, by their paths in it. */
export interface ZipContent {
  readonly files: readonly SubmissionFile[];
  readonly leftOut: readonly LeftOut[];
}

/** The files of an archive as `readZip` gives them, but for the archives in it, which stay files, and the paths, which stay as they are. */
export async function zipContent(
  archive: Uint8Array | ByteSource,
  limits: SubmissionLimits,
  soFar: ReadSoFar,
  inside = '',
): Promise<ZipContent> {
  try {
    return await readMembers(archive, limits, soFar, inside);
  } catch (error) {
    throw error instanceof LabproofError ? error : damaged(error);
  }
}

/** All sizes are added up before anything is inflated, so that an archive that says it is too large costs nothing. */
async function readMembers(
  archive: Uint8Array | ByteSource,
  limits: SubmissionLimits,
  soFar: ReadSoFar,
  inside: string,
): Promise<ZipContent> {
  const wanted: { readonly member: ZipMember; readonly path: string }[] = [];
  const leftOut: LeftOut[] = [];
  let totalBytes = soFar.bytes;
  const count = (): number => soFar.files + wanted.length + leftOut.length;
  for await (const member of zipMembers(archive)) {
    const path = pathFrom(inside, plainPath(member.name));
    if (path === null) continue;
    const why = objection(member, path, limits);
    if (why !== null) {
      leftOut.push({ path, why });
      assertWithinLimits(count(), totalBytes, limits);
      continue;
    }
    if (member.encrypted) {
      throw submissionError('zip-encrypted', {
        message: `The .zip is protected with a password (its file ${path} is encrypted).`,
        fix: 'Make the .zip again without a password.',
      });
    }
    totalBytes += member.bytes;
    wanted.push({ member, path });
    assertWithinLimits(count(), totalBytes, limits);
  }
  const files: SubmissionFile[] = [];
  for (const { member, path } of wanted) {
    const content = await member.inflate();
    files.push({ path, bytes: content.length, read: () => content });
  }
  return { files, leftOut };
}

/** A member's path from a folder of the archive, or the name of the file that `inside` is; `null` for what lies elsewhere. */
function pathFrom(inside: string, path: string): string | null {
  if (inside === '') return path;
  if (path === inside) return path.slice(path.lastIndexOf('/') + 1);
  return path.startsWith(`${inside}/`) ? path.slice(inside.length + 1) : null;
}

/** Without `.` and empty parts; `zipMembers` has refused absolute paths and `..` already. */
export function plainPath(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function objection(
  { mode, bytes }: ZipMember,
  path: string,
  limits: SubmissionLimits,
): string | null {
  // The top four bits of the mode say what kind of file it is.
  const kind = mode & 0o170000;
  if (kind === 0o120000) return 'it is a link, and links are not followed';
  if (kind !== 0 && kind !== 0o100000) return 'it is not a regular file';
  if (path.includes('\0')) return 'its name holds a character that no file name may have';
  return clutterReason(path) ?? fileObjection(path, bytes, limits);
}

function damaged(error: unknown): LabproofError {
  return submissionError('zip-unreadable', {
    message: `The .zip cannot be read: ${reasonOf(error)}.`,
    fix: RESUBMIT,
  });
}
