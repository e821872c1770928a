import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { LabproofError } from '@labproof/core';
import { reasonOf, studentError } from '../../refusal.ts';
import { inflate, nextEntry } from '../../files/zip.ts';
import { HDF5_LIMITS } from '../hdf5/hdf5-limits.ts';
import { MODEL_LIMITS } from '../model-limits.ts';

/** The members of a `.keras` archive that are read, and the largest that each may be, in bytes. */
const MEMBERS = {
  'config.json': MODEL_LIMITS.topologyBytes,
  'metadata.json': 64 * 2 ** 10,
  'model.weights.h5': HDF5_LIMITS.fileBytes,
} as const;
type Member = keyof typeof MEMBERS;

/** More than any archive that Keras writes; its vocabularies and the like are members, too. */
const MOST_ENTRIES = 1000;

/**
 * The members of a `.keras` archive. Others are not looked at; sizes are checked before and while inflating.
 * Throws a student's error with a code that starts with `keras-archive-`.
 */
export async function readArchive(
  bytes: Uint8Array,
  path: string,
): Promise<Record<Member, Uint8Array>> {
  let archive: ZipFile;
  try {
    archive = await openBuffer(bytes);
  } catch (error) {
    throw damaged(path, error);
  }
  const members = new Map<Member, Uint8Array>();
  try {
    if (archive.entryCount > MOST_ENTRIES) {
      throw problem(
        'entries',
        `${path} holds ${archive.entryCount} files, more than Keras ever puts there`,
      );
    }
    for (let entry = await nextEntry(archive); entry !== null; entry = await nextEntry(archive)) {
      const member = memberOf(entry);
      if (member === null) continue;
      if (members.has(member)) throw problem('ambiguous', `${path} holds ${member} more than once`);
      if (entry.isEncrypted()) throw problem('encrypted', `${path} is protected with a password`);
      if (entry.uncompressedSize > MEMBERS[member]) {
        throw problem(
          'size',
          `${path} declares ${entry.uncompressedSize} bytes for ${member}; at most ${MEMBERS[member]} are read`,
        );
      }
      members.set(member, await inflate(archive, entry));
    }
  } catch (error) {
    throw error instanceof LabproofError ? error : damaged(path, error);
  } finally {
    archive.close();
  }
  const member = (name: Member): Uint8Array => {
    const content = members.get(name);
    if (content !== undefined) return content;
    throw problem('incomplete', `${path} is no model as Keras saves it: it holds no ${name}`);
  };
  return {
    'config.json': member('config.json'),
    'metadata.json': member('metadata.json'),
    'model.weights.h5': member('model.weights.h5'),
  };
}

function memberOf(entry: Entry): Member | null {
  return Object.hasOwn(MEMBERS, entry.fileName) ? (entry.fileName as Member) : null;
}

function openBuffer(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error) reject(error);
      else resolve(archive);
    });
  });
}

function damaged(path: string, error: unknown): LabproofError {
  return problem('damaged', `${path} cannot be read: ${reasonOf(error)}`);
}

function problem(code: string, message: string): LabproofError {
  return studentError(
    `keras-archive-${code}`,
    `${message}.`,
    'Save the model again with model.save() and hand in that file as it is.',
  );
}
