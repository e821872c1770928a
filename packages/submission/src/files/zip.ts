import { crc32 } from 'node:zlib';
import { type Entry, open, type ZipFile } from 'yauzl';
import { LabproofError } from '@labproof/core';
import { reasonOf, studentError } from '../refusal.ts';
import { clutterReason } from './clutter.ts';
import {
  type LeftOut,
  type SubmissionFile,
  type SubmissionFiles,
  arrangeFiles,
  assertWithinLimits,
  fileObjection,
} from './submission-files.ts';

const RESUBMIT = 'Make the .zip again with the tools of your own computer and hand that in.';

/**
 * Reads a .zip into memory. Names that leave the archive, encryption, sizes that are not what the archive says
 * and damaged entries refuse the whole file; links and special files are left out with a reason.
 * Every size is checked before and while it is inflated.
 */
export async function readZip(path: string): Promise<SubmissionFiles> {
  let archive: ZipFile;
  try {
    archive = await openArchive(path);
  } catch (error) {
    throw damaged(error);
  }
  try {
    assertWithinLimits(archive.entryCount, 0);
    return await readEntries(archive);
  } catch (error) {
    throw error instanceof LabproofError ? error : damaged(error);
  } finally {
    archive.close();
  }
}

/** All sizes are added up before anything is inflated, so that an archive that says it is too large costs nothing. */
async function readEntries(archive: ZipFile): Promise<SubmissionFiles> {
  const wanted: { readonly entry: Entry; readonly path: string }[] = [];
  const leftOut: LeftOut[] = [];
  let totalBytes = 0;
  for (;;) {
    const entry = await nextEntry(archive);
    if (entry === null) break;
    if (entry.fileName.endsWith('/')) continue;
    const path = plainPath(entry.fileName);
    const why = objection(entry, path);
    if (why !== null) {
      leftOut.push({ path, why });
      continue;
    }
    if (entry.isEncrypted()) {
      throw studentError(
        'zip-encrypted',
        `The .zip is protected with a password (its file ${path} is encrypted).`,
        'Make the .zip again without a password.',
      );
    }
    totalBytes += entry.uncompressedSize;
    wanted.push({ entry, path });
    assertWithinLimits(wanted.length + leftOut.length, totalBytes);
  }
  const files: SubmissionFile[] = [];
  for (const { entry, path } of wanted) {
    const bytes = await inflate(archive, entry);
    files.push({ path, bytes: bytes.length, read: () => bytes });
  }
  return arrangeFiles(files, leftOut);
}

/** Without `.` and empty parts; `yauzl` has refused absolute paths and `..` already. */
function plainPath(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function objection(entry: Entry, path: string): string | null {
  // The upper half of the external attributes holds the Unix mode; its top four bits say what kind of file it is.
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) return 'it is a link, and links are not followed';
  if (kind !== 0 && kind !== 0o100000) return 'it is not a regular file';
  if (path.includes('\0')) return 'its name holds a character that no file name may have';
  return clutterReason(path) ?? fileObjection(path, entry.uncompressedSize);
}

function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error) reject(error);
      else resolve(archive);
    });
  });
}

export function nextEntry(archive: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      archive.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      finish();
    };
    archive.on('entry', (entry: Entry) => settle(() => resolve(entry)));
    archive.on('end', () => settle(() => resolve(null)));
    archive.on('error', (error: Error) => settle(() => reject(error)));
    archive.readEntry();
  });
}

/** Inflates one entry; `yauzl` stops with an error as soon as there are more or fewer bytes than declared. */
export async function inflate(archive: ZipFile, entry: Entry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
  let offset = 0;
  for await (const chunk of stream) {
    const part = chunk as Buffer;
    if (offset + part.length > bytes.length) throw new Error('an entry is larger than it says');
    bytes.set(part, offset);
    offset += part.length;
  }
  if (offset !== bytes.length || crc32(bytes) !== entry.crc32) {
    throw new Error(`the content of ${entry.fileName} does not match its checksum`);
  }
  return bytes;
}

function damaged(error: unknown): LabproofError {
  return studentError('zip-unreadable', `The .zip cannot be read: ${reasonOf(error)}.`, RESUBMIT);
}
