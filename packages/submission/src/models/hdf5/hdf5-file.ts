import { readTexts } from './attributes.ts';
import { type Hdf5Dataset, type Hdf5Place, describeDataset } from './dataset.ts';
import { assertHeapsEnd } from './global-heap.ts';
import { HDF5_LIMITS } from './hdf5-limits.ts';
import { callLibrary, hdf5Problem } from './hdf5-problem.ts';
import { type Hdf5Library, hdf5Library } from './library.ts';

export type { Hdf5Dataset } from './dataset.ts';

/** The first bytes of every HDF5 file (HDF5 File Format Specification, II.A). */
export const HDF5_SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/** An open HDF5 file whose whole structure has been looked at: nothing in it leads out of it. */
export interface Hdf5File {
  /** Paths of all groups, from the root `/`. */
  readonly groups: ReadonlySet<string>;
  /** All arrays by path, in the order in which the file lists them. */
  readonly datasets: ReadonlyMap<string, Hdf5Dataset>;
  /** A group's text attribute; `null` where it is missing or no single text. */
  text(group: string, attribute: string): string | null;
  /** A group's attribute as a list of texts; `null` where it is missing. Keras writes an empty list as numbers. */
  texts(group: string, attribute: string): readonly string[] | null;
  /** Must be called when nothing more is to be read. */
  close(): void;
}

let opened = 0;

/**
 * Opens an HDF5 file that somebody else wrote and walks through all of it before any value is read.
 * Throws a student's error with a code that starts with `hdf5-`: links of any kind, values kept elsewhere, sizes that
 * the file cannot hold, a structure too large or too deep, damage.
 */
export async function openHdf5(bytes: Uint8Array, file: string): Promise<Hdf5File> {
  if (bytes.length > HDF5_LIMITS.fileBytes) {
    throw hdf5Problem('hdf5-size', file, `is larger than ${HDF5_LIMITS.fileBytes / 2 ** 20} MiB`);
  }
  if (!HDF5_SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    throw hdf5Problem('hdf5-damaged', file, 'does not begin like an HDF5 file');
  }
  assertHeapsEnd(bytes, file);
  const library = await hdf5Library();
  // A name of its own for every file: a file that could not be closed must not answer for the next one.
  opened += 1;
  const name = `/file-${opened}.h5`;
  library.FS.writeFile(name, bytes);
  let id = -1n;
  const close = (): void => {
    library.FS.unlink(name);
    try {
      if (id >= 0n) library.close_file(id);
    } catch {
      // A crashed library cannot close anything; it is not used again.
    }
  };
  try {
    id = callLibrary(file, () => library.open(name, library.H5F_ACC_RDONLY, false, -1, -1));
    if (id < 0n) {
      throw hdf5Problem(
        'hdf5-damaged',
        file,
        'is no whole HDF5 file; the upload may have been cut off',
      );
    }
    const place: Hdf5Place = { library, id, bytes: bytes.length, file };
    const { groups, datasets } = walk(place);
    return {
      groups,
      datasets,
      text: (group, attribute) => {
        const texts = readTexts(place, group, attribute);
        return texts?.length === 1 ? (texts[0] ?? null) : null;
      },
      texts: (group, attribute) => readTexts(place, group, attribute),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Every group and array, depth first. A link that leads in a circle ends at the bound on the depth. */
function walk(place: Hdf5Place): { groups: Set<string>; datasets: Map<string, Hdf5Dataset> } {
  const { library, id, file } = place;
  const groups = new Set<string>(['/']);
  const datasets = new Map<string, Hdf5Dataset>();
  const pending = [{ group: '/', depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { group, depth } = next;
    if (depth > HDF5_LIMITS.depth) {
      throw hdf5Problem('hdf5-depth', file, `nests its groups more than ${HDF5_LIMITS.depth} deep`);
    }
    for (const name of callLibrary(file, () => library.get_names(id, group, false))) {
      const path = group === '/' ? `/${name}` : `${group}/${name}`;
      if (groups.size + datasets.size >= HDF5_LIMITS.objects) {
        throw hdf5Problem('hdf5-objects', file, `holds more than ${HDF5_LIMITS.objects} objects`);
      }
      switch (kindOf(library, id, path, file)) {
        case 'group':
          groups.add(path);
          pending.push({ group: path, depth: depth + 1 });
          break;
        case 'dataset':
          datasets.set(path, describeDataset(place, path));
          break;
        case 'link':
          throw hdf5Problem(
            'hdf5-link',
            file,
            `holds a link (${path}); Keras writes none, and none is followed`,
          );
        case 'other':
          throw hdf5Problem(
            'hdf5-object',
            file,
            `holds something at ${path} that is neither a group nor an array`,
          );
      }
    }
  }
  return { groups, datasets };
}

/** Links are asked for first, because to ask for a type is to follow them. */
function kindOf(
  library: Hdf5Library,
  id: bigint,
  path: string,
  file: string,
): 'group' | 'dataset' | 'link' | 'other' {
  return callLibrary(file, () => {
    if (library.get_symbolic_link(id, path) !== null) return 'link';
    if (Object.keys(library.get_external_link(id, path)).length > 0) return 'link';
    const type = library.get_type(id, path);
    if (type === library.H5G_GROUP) return 'group';
    return type === library.H5G_DATASET ? 'dataset' : 'other';
  });
}
