/** Bounds on the structure of an HDF5 file; a saved network of 200 layers with its optimiser stays well below. */
export const HDF5_LIMITS = {
  fileBytes: 128 * 2 ** 20,
  objects: 20_000,
  depth: 24,
  /** Bytes of one text attribute, e.g. the model's configuration. */
  attributeBytes: 8 * 2 ** 20,
  /** What deflate can make of one byte, at most. */
  compression: 1032,
  /** Bytes that a list of texts could at worst take in memory while it is read. */
  textListBytes: 2 ** 30,
} as const;
