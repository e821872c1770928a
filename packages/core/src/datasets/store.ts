import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { DatasetDefinition, StoredFile } from './definition.ts';
import { reasonOf } from '../errors/reason.ts';

/** How a stored file compares with its pinned digest. */
export type StoredState =
  | { readonly status: 'ok'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly status: 'missing'; readonly path: string }
  | { readonly status: 'damaged'; readonly path: string; readonly why: string };

/** Reads every stored file of a dataset and checks each against its digest. */
export async function readStored(
  directory: string,
  definition: DatasetDefinition,
): Promise<ReadonlyMap<string, StoredState>> {
  const states = await Promise.all(
    definition.stored.map(
      async (file) => [file.name, await readOne(path.join(directory, file.name), file)] as const,
    ),
  );
  return new Map(states);
}

async function readOne(location: string, file: StoredFile): Promise<StoredState> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(location);
    if (size !== file.bytes) {
      const why = digestDiffers(await sha256OfFile(location), file);
      return damaged(location, `it is ${size} bytes long instead of ${file.bytes}, and ${why}`);
    }
    const buffer = await readFile(location);
    bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return { status: 'missing', path: location };
    throw coreError('dataset-store-unreadable', {
      message: `The dataset file ${location} cannot be read: ${reasonOf(error)}.`,
      fix: 'Give this account the right to read it, or set LABPROOF_DATA to another folder.',
      cause: error,
    });
  }
  const why = mismatch(bytes, file);
  return why === null ? { status: 'ok', path: location, bytes } : damaged(location, why);
}

function damaged(location: string, why: string): StoredState {
  return { status: 'damaged', path: location, why };
}

/** Why these bytes are not the file that is wanted, or `null` when they are. */
export function mismatch(bytes: Uint8Array, file: StoredFile): string | null {
  const found = createHash('sha256').update(bytes).digest('hex');
  return found === file.sha256 ? null : digestDiffers(found, file);
}

function digestDiffers(found: string, { sha256 }: StoredFile): string {
  return `its SHA-256 is ${found} instead of ${sha256}`;
}

/** Of a file whose length is anything, so it is never held as a whole. */
async function sha256OfFile(location: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(location), hash);
  return hash.digest('hex');
}

/**
 * Writes the files of a dataset, each complete or not at all: under a name of its own first, then renamed.
 * Two processes that do so at once leave the same bytes behind.
 */
export async function writeStored(
  directory: string,
  stored: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    for (const [name, bytes] of stored) await writeOne(path.join(directory, name), bytes);
  } catch (error) {
    throw writeError(directory, error);
  }
}

async function writeOne(location: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${location}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, location);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function writeError(directory: string, error: unknown): LabproofError {
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    return coreError('dataset-store-full', {
      message: `No room is left for the dataset in ${directory}.`,
      fix: 'Free some space there, or set LABPROOF_DATA to a folder on another disk.',
      cause: error,
    });
  }
  return coreError('dataset-store-unwritable', {
    message: `The dataset cannot be kept in ${directory}: ${reasonOf(error)}.`,
    fix: 'Set LABPROOF_DATA to a folder that this account may write to.',
    cause: error,
  });
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
