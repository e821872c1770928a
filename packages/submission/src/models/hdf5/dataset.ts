import { HDF5_LIMITS } from './hdf5-limits.ts';
import { callLibrary, hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Library } from './library.ts';
import { withMemory } from './memory.ts';

/** An array in an HDF5 file: what the file declares about it, and its values when they are asked for. */
export interface Hdf5Dataset {
  /** From the root, with a leading `/`. */
  readonly path: string;
  /** `[]` for a single value. */
  readonly shape: readonly number[];
  readonly length: number;
  /** Throws the student's `hdf5-dtype` for anything but float32, `hdf5-damaged` for values that cannot be had. */
  readFloat32(): Float32Array;
}

/** Where a dataset lies: the open file, its size in bytes and its name for messages. */
export interface Hdf5Place {
  readonly library: Hdf5Library;
  readonly id: bigint;
  readonly bytes: number;
  readonly file: string;
}

const FLOAT = 1;
const DEFLATE = 1;
const SHUFFLE = 2;
const CHECKSUM = 3;

/**
 * Looks at what a dataset declares, and reads no value. Refused are virtual datasets, filters other than HDF5's own
 * compression, and sizes that cannot be in the file.
 */
export function describeDataset(place: Hdf5Place, path: string): Hdf5Dataset {
  const { library, id, file } = place;
  const metadata = callLibrary(file, () => library.get_dataset_metadata(id, path));
  if (metadata.virtual_sources !== undefined) {
    throw hdf5Problem(
      'hdf5-virtual',
      file,
      `takes the values of ${path} from elsewhere; only values in the file itself are read`,
    );
  }
  const shape = metadata.shape ?? [];
  const length =
    metadata.shape === null ? 0 : shape.reduce((product, extent) => product * extent, 1);
  const declared = length * metadata.size;
  const filters =
    metadata.chunks === null ? [] : callLibrary(file, () => library.get_dataset_filters(id, path));
  const compressed = filters.some(({ id }) => id === DEFLATE);
  if (filters.some(({ id }) => id !== DEFLATE && id !== SHUFFLE && id !== CHECKSUM)) {
    throw hdf5Problem(
      'hdf5-filter',
      file,
      `stores ${path} with a compression that Keras does not use`,
    );
  }
  if (!(declared <= place.bytes * (compressed ? HDF5_LIMITS.compression : 1))) {
    throw hdf5Problem(
      'hdf5-size',
      file,
      `declares ${declared} bytes for ${path}, which a file of ${place.bytes} bytes cannot hold`,
    );
  }
  return {
    path,
    shape,
    length,
    readFloat32: () => {
      if (metadata.type !== FLOAT || metadata.size !== 4) {
        throw hdf5Problem(
          'hdf5-dtype',
          file,
          `stores ${path} as something else than 32-bit floats`,
          'Train and save the model in float32.',
        );
      }
      return readFloats(place, path, length);
    },
  };
}

function readFloats({ library, id, file }: Hdf5Place, path: string, length: number): Float32Array {
  if (length === 0) return new Float32Array(0);
  return callLibrary(file, () =>
    withMemory(library, length * 4, (pointer) => {
      // Whether libhdf5 could read at all it says by the status alone.
      const status = library.get_dataset_data(id, path, null, null, null, BigInt(pointer));
      if (status < 0) throw new Error('no values');
      // It converts to little-endian, as its memory is, and as the memory of every host it runs on.
      return new Float32Array(library.HEAPU8.slice(pointer, pointer + length * 4).buffer);
    }),
  );
}
