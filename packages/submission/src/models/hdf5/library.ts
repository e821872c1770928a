import { formatPlural } from '../../format.ts';
import { submissionError } from '../../errors.ts';
import { importLibrary } from './import-library.ts';

/** libhdf5's functions as `h5wasm` hands them out. */
export type Hdf5Library = Awaited<typeof import('h5wasm').ready>;

let opening: Promise<Hdf5Library> | null = null;
let crashes = 0;

/** A crashed instance keeps its memory until the process ends, so there is a bound on how many are replaced. */
const MOST_CRASHES = 3;

/**
 * libhdf5, compiled to WebAssembly, with a file system in memory. Only the build without any access to the
 * host's files is used, and what it has of devices is taken away, so no file it reads can name another one.
 * Loaded at the first HDF5 file, and again after a crash.
 */
export async function hdf5Library(): Promise<Hdf5Library> {
  if (crashes > MOST_CRASHES) {
    throw submissionError('hdf5-library-crashed', {
      message: `The reader of HDF5 files crashed on ${formatPlural(crashes, 'file')} and is not used again until it is started anew.`,
      fix: 'Grade this submission by itself; on a page, load the page again.',
    });
  }
  opening ??= open();
  return opening;
}

/** After a trap the library's memory is not to be trusted, nor is anything read through it later. */
export function retireHdf5Library(): void {
  opening = null;
  crashes += 1;
}

async function open(): Promise<Hdf5Library> {
  const { ready } = await importLibrary(crashes);
  const library = await ready;
  const { FS: files } = library;
  for (const name of files.readdir('/dev')) {
    const path = `/dev/${name}`;
    if (name !== '.' && name !== '..' && !files.isDir(files.lstat(path).mode)) files.unlink(path);
  }
  // libhdf5 explains every failure at length on the standard error stream; the refusals say it in our words.
  const { streams } = files as unknown as { streams: { stream_ops: object }[] };
  for (const stream of streams.slice(1, 3)) {
    stream.stream_ops = { ...stream.stream_ops, write: swallow };
  }
  return library;
}

function swallow(_stream: unknown, _buffer: unknown, _offset: unknown, length: number): number {
  return length;
}
