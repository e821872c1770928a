import { LabproofError, reasonOf } from '@labproof/core';
import { clutterReason } from './clutter.ts';
import {
  arrangeFiles,
  assertWithinLimits,
  fileObjection,
  type LeftOut,
  type SubmissionFile,
  type SubmissionFiles,
  type SubmissionLimits,
} from './submission-files.ts';
import { type ByteSource, type ZipMember, zipMembers } from './zip-archive.ts';
import { submissionError } from '../errors.ts';

const RESUBMIT = 'Make the .zip again with the tools of your own computer and hand that in.';

/**
 * Reads what is in a .zip into memory; of the .zip itself only what is asked for. Names that leave the archive, encryption, sizes that are not what the archive says
 * and damaged entries refuse the whole file; links and special files are left out with a reason.
 * Every size is checked before and while it is inflated.
 */
export async function readZip(
  archive: Uint8Array | ByteSource,
  limits: SubmissionLimits,
): Promise<SubmissionFiles> {
  try {
    return await readMembers(archive, limits);
  } catch (error) {
    throw error instanceof LabproofError ? error : damaged(error);
  }
}

/** All sizes are added up before anything is inflated, so that an archive that says it is too large costs nothing. */
async function readMembers(
  archive: Uint8Array | ByteSource,
  limits: SubmissionLimits,
): Promise<SubmissionFiles> {
  const wanted: { readonly member: ZipMember; readonly path: string }[] = [];
  const leftOut: LeftOut[] = [];
  let totalBytes = 0;
  for await (const member of zipMembers(archive)) {
    const path = plainPath(member.name);
    const why = objection(member, path, limits);
    if (why !== null) {
      leftOut.push({ path, why });
      assertWithinLimits(wanted.length + leftOut.length, totalBytes, limits);
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
    assertWithinLimits(wanted.length + leftOut.length, totalBytes, limits);
  }
  const files: SubmissionFile[] = [];
  for (const { member, path } of wanted) {
    const content = await member.inflate();
    files.push({ path, bytes: content.length, read: () => content });
  }
  return arrangeFiles(files, leftOut);
}

/** Without `.` and empty parts; `zipMembers` has refused absolute paths and `..` already. */
function plainPath(name: string): string {
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
