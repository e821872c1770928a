import { LabproofError } from '@labproof/core';

/** libhdf5's functions as `h5wasm` hands them out. */
export type Hdf5Library = Awaited<typeof import('h5wasm').ready>;

let opening: Promise<Hdf5Library> | null = null;
let crashed = false;

/**
 * libhdf5, compiled to WebAssembly, with a file system in memory. Only the build without any access to the
 * host's files is used, and what it has of devices is taken away, so no file it reads can name another one.
 * Loaded once, at the first HDF5 file.
 */
export async function hdf5Library(): Promise<Hdf5Library> {
  if (crashed) {
    throw new LabproofError({
      code: 'hdf5-library-crashed',
      owner: 'us',
      message:
        'The reader of HDF5 files crashed on an earlier file and is not used again in this process.',
      fix: 'Grade this submission in a process of its own.',
    });
  }
  opening ??= open();
  return opening;
}

/** After a trap the library's memory is not to be trusted, nor is anything read through it later. */
export function retireHdf5Library(): void {
  crashed = true;
}

async function open(): Promise<Hdf5Library> {
  const { ready } = await import('h5wasm');
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
