/** One part of an image dataset: bytes as stored, row-major `[count, height, width, channels]`. */
export interface DatasetSplit {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly count: number;
}

/** A classification dataset, decoded and checked against its pinned digests. */
export interface Dataset {
  readonly id: string;
  readonly title: string;
  /** Names of the classes; a label is an index into it. */
  readonly classes: readonly string[];
  /** `[height, width, channels]` of one image. */
  readonly imageShape: readonly [number, number, number];
  readonly train: DatasetSplit;
  readonly test: DatasetSplit;
  /** SHA-256 over the digests of the four decoded arrays, or of the four IDX files of a declared dataset. */
  readonly digest: string;
}
