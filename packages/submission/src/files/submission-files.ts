import { submissionError } from '../errors.ts';

/** One regular file of a submission; its bytes are read when they are asked for. */
export interface SubmissionFile {
  /** Relative to the submission, `/` between the parts, Unicode NFC. */
  readonly path: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** The whole content. Throws a student's error when the file cannot be read. */
  read(): Uint8Array;
}

/** Something in the submission that is not looked at, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
  /** There because it is an archive that could not be opened: nobody knows what is in it. */
  readonly unopened?: true;
}

/** What was handed in, as files by path: sorted by code units, without duplicates. */
export interface SubmissionFiles {
  readonly files: readonly SubmissionFile[];
  readonly leftOut: readonly LeftOut[];
  /** The folder that held everything and was taken off the paths; `null` where there was none. */
  readonly unwrapped: string | null;
}

/** Bounds on what is read of one submission. */
export interface SubmissionLimits {
  readonly files: number;
  readonly depth: number;
  readonly pathLength: number;
  readonly fileBytes: number;
  /** Of all files together, those in archives and the archives among them. */
  readonly totalBytes: number;
  /** Archives in archives that are opened: 1 is a .zip beside the files or in the .zip that was handed in. */
  readonly zipLevels: number;
  /** Processor seconds that reading one file may take; kept by whoever starts the process that reads. */
  readonly readingSeconds: number;
}

/** Generous for real work, tight for an attack. */
export const SUBMISSION_LIMITS: SubmissionLimits = {
  files: 2000,
  depth: 12,
  pathLength: 400,
  fileBytes: 128 * 2 ** 20,
  totalBytes: 256 * 2 ** 20,
  zipLevels: 3,
  readingSeconds: 30,
};

const TOO_LARGE_FIX =
  'Hand in only the answers, the models and the plots, and leave data sets out.';

/** Throws `submission-too-large` when a submission of so many files and bytes goes past the limits. */
export function assertWithinLimits(
  count: number,
  totalBytes: number,
  limits: SubmissionLimits,
): void {
  if (count > limits.files) {
    throw submissionError('submission-too-large', {
      message: `The submission holds more than ${limits.files} files, so none of them was read.`,
      fix: TOO_LARGE_FIX,
    });
  }
  if (totalBytes > limits.totalBytes) {
    throw submissionError('submission-too-large', {
      message: `The submission holds more than ${limits.totalBytes / 2 ** 20} MiB, so none of it was read.`,
      fix: TOO_LARGE_FIX,
    });
  }
}

/** Why a file of this path and size cannot be taken, or `null` when it can. */
export function fileObjection(
  path: string,
  bytes: number,
  limits: SubmissionLimits,
): string | null {
  if (path.length > limits.pathLength) {
    return `its path is longer than ${limits.pathLength} characters`;
  }
  if (path.split('/').length > limits.depth) {
    return `it lies more than ${limits.depth} folders deep`;
  }
  if (bytes > limits.fileBytes) {
    return `it is larger than ${limits.fileBytes / 2 ** 20} MiB`;
  }
  return null;
}

/** Orders paths by UTF-16 code units: the same everywhere, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

const MEANINGFUL_FOLDERS = new Set(['models', 'histories', 'plots', 'figures', 'images']);

/**
 * Puts found files in order: Unicode NFC paths, a lone wrapping folder taken off, no path twice.
 * A wrapping folder stays where its name says something: `models`, or a folder with a `model.json` in it.
 */
export function arrangeFiles(
  files: readonly SubmissionFile[],
  leftOut: readonly LeftOut[],
): SubmissionFiles {
  const unique = new Map<string, SubmissionFile>();
  const omitted = [...leftOut];
  for (const file of files) {
    const path = file.path.normalize('NFC');
    if (unique.has(path)) {
      omitted.push({ path, why: 'another file has the same path' });
    } else {
      unique.set(path, { path, bytes: file.bytes, read: () => file.read() });
    }
  }
  const wrapper = wrappingFolder([...unique.keys()]);
  const strip = (path: string): string =>
    wrapper !== null && path.startsWith(`${wrapper}/`) ? path.slice(wrapper.length + 1) : path;
  return {
    files: [...unique.values()]
      .map((file) => ({ path: strip(file.path), bytes: file.bytes, read: () => file.read() }))
      .toSorted((a, b) => compareText(a.path, b.path)),
    leftOut: omitted
      .map((left) => ({ ...left, path: strip(left.path) }))
      .toSorted((a, b) => compareText(a.path, b.path)),
    unwrapped: wrapper,
  };
}

function wrappingFolder(paths: readonly string[]): string | null {
  let wrapper: string | null = null;
  for (;;) {
    const prefix: string = wrapper === null ? '' : `${wrapper}/`;
    const [first] = paths;
    const end = first?.indexOf('/', prefix.length) ?? -1;
    if (first === undefined || end < 0) return wrapper;
    const folder = first.slice(prefix.length, end);
    const candidate = prefix + folder;
    const wrapsAll = paths.every((path) => path.startsWith(`${candidate}/`));
    const meaningful =
      MEANINGFUL_FOLDERS.has(folder.toLowerCase()) || paths.includes(`${candidate}/model.json`);
    if (!wrapsAll || meaningful) return wrapper;
    wrapper = candidate;
  }
}

/** A submission that is in memory already: bytes by path. */
export function filesInMemory(content: ReadonlyMap<string, Uint8Array>): SubmissionFiles {
  return arrangeFiles(
    [...content].map(([path, bytes]) => ({ path, bytes: bytes.length, read: () => bytes })),
    [],
  );
}
