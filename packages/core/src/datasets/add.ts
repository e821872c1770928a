import type { Dirent } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { DatasetDefinition, SourceFormat } from './definition.ts';
import { decodeFiles } from './load.ts';
import { datasetDirectory } from './location.ts';
import { catalogueOf, type DatasetOptions } from './options.ts';
import { type DatasetStatus, verifyDataset } from './status.ts';
import { writeStored } from './store.ts';
import { readTarball } from './tarball.ts';
import { reasonOf } from '../errors/reason.ts';

const ARCHIVE = /\.(?:tar|tgz|tar\.gz)$/i;
/** Deep enough for an unpacked archive; a whole home folder is not searched. */
const MAX_DEPTH = 3;
/** No archive or file of a known dataset is larger. */
const MAX_INPUT_BYTES = 400_000_000;

/**
 * Stores a dataset from the user's own copy: its files, plain or gzipped, or folders or tar archives that hold them.
 * They are recognised by name and accepted only when the decoded bytes have the pinned digests.
 */
export async function addDataset(
  id: string,
  inputs: readonly string[],
  options: DatasetOptions = {},
): Promise<DatasetStatus> {
  const definition = catalogueOf(options).find(id);
  const found = await collectFiles(definition, inputs);
  const format = definition.formats.find(({ files }) => files.every(({ name }) => found.has(name)));
  if (format === undefined) throw incomplete(definition, inputs, found);
  const stored = decodeFiles(definition, format, found, inputs.join(', '), () => {});
  await writeStored(datasetDirectory(id, options.cacheDirectory), stored);
  return verifyDataset(id, options);
}

async function collectFiles(
  definition: DatasetDefinition,
  inputs: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const limits = new Map(
    definition.formats.flatMap(({ files }) => files.map((file) => [file.name, file.maxBytes])),
  );
  const limitOf = (name: string) => limits.get(sourceName(name)) ?? null;
  const found = new Map<string, Uint8Array>();
  for (const input of inputs) {
    for (const file of await filesBelow(input, 0)) {
      if (ARCHIVE.test(file)) {
        for (const [entry, bytes] of await readTarball(await read(file), limitOf)) {
          found.set(sourceName(entry), unzipped(entry, bytes, limitOf(entry)));
        }
      } else {
        const limit = limitOf(file);
        if (limit !== null) found.set(sourceName(file), unzipped(file, await read(file), limit));
      }
    }
  }
  return found;
}

/** A file's name as the formats spell it: no folders, no `.gz`, and `-idx` where some copies have `.idx`. */
function sourceName(file: string): string {
  return path.posix
    .basename(file.replaceAll('\\', '/'))
    .replace(/\.gz$/i, '')
    .replace('.idx', '-idx');
}

async function filesBelow(input: string, depth: number): Promise<string[]> {
  try {
    if (!(await stat(input)).isDirectory()) return [input];
    const entries: Dirent[] = await readdir(input, { withFileTypes: true });
    const nested = await Promise.all(
      entries
        .filter((entry) => entry.isFile() || (entry.isDirectory() && depth < MAX_DEPTH))
        .map((entry) => filesBelow(path.join(input, entry.name), depth + 1)),
    );
    return nested.flat();
  } catch (error) {
    throw unreadable(input, error);
  }
}

async function read(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_INPUT_BYTES) throw new Error(`it is ${size} bytes long, more than any dataset`);
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unzipped(name: string, bytes: Uint8Array, limit: number | null): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limit ?? MAX_INPUT_BYTES });
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(file: string, error: unknown): LabproofError {
  return coreError('dataset-file-unreadable', {
    message: `${file} cannot be read: ${reasonOf(error)}.`,
    fix: 'Name the file, folder or archive as you have it; where it is cut off, download it again.',
    cause: error,
  });
}

function incomplete(
  definition: DatasetDefinition,
  inputs: readonly string[],
  found: ReadonlyMap<string, Uint8Array>,
): LabproofError {
  const wants = definition.formats.map((format) => describeFormat(format, found));
  return coreError('dataset-files-missing', {
    message: `${inputs.join(', ')} does not hold all of ${definition.title}: ${wants.join('; or ')}.`,
    fix: 'Name the folder or archive that holds all of these files, plain or gzipped.',
  });
}

function describeFormat(format: SourceFormat, found: ReadonlyMap<string, Uint8Array>): string {
  const missing = format.files.map(({ name }) => name).filter((name) => !found.has(name));
  return `for ${format.title}, ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
}
