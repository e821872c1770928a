import { createHash } from 'node:crypto';
import { type LabproofError } from '@labproof/core';
import { queueError } from './errors.ts';

/** Kinds of files that travel: trained weights, submissions on their way, grades on their way back. */
export type FileKind = 'weights' | 'submissions' | 'grades';

/** A file by kind and SHA-256 of its bytes. */
export interface FileAddress {
  readonly kind: FileKind;
  readonly digest: string;
}

/**
 * Files by content, reachable from every worker and every command: writing one twice changes nothing, and what comes
 * back is what was put there or nothing. Implementations throw `file-store-unreachable`.
 */
export interface FileStore {
  /** For messages; holds no secret. */
  readonly name: string;
  /** Stores the bytes; a reader sees the whole file or none. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or `null` where there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
}

/** Stores bytes under their own digest. */
export async function putFile(
  store: FileStore,
  kind: FileKind,
  bytes: Uint8Array,
): Promise<FileAddress> {
  const address = { kind, digest: digestOf(bytes) };
  await store.write(pathOf(address), bytes);
  return address;
}

/** The bytes of an address; `null` where they are not there or not what they should be. */
export async function getFile(store: FileStore, address: FileAddress): Promise<Uint8Array | null> {
  const bytes = await store.read(pathOf(address));
  return bytes !== null && digestOf(bytes) === address.digest ? bytes : null;
}

/** What to say where a file that a job names cannot be had. */
export function fileMissing(store: FileStore, { kind, digest }: FileAddress): LabproofError {
  return queueError('file-store-missing', {
    message: `The file ${kind}/${digest.slice(0, 16)}… is not in ${store.name}, or is damaged there.`,
    fix: 'Give every worker and this command the same --files, and do not empty it while work is under way.',
  });
}

function pathOf({ kind, digest }: FileAddress): string {
  if (!/^[0-9a-f]{64}$/u.test(digest)) throw new RangeError('a digest is 64 hexadecimal digits');
  return `${kind}/${digest.slice(0, 2)}/${digest}`;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
