/** Bytes that are read piece by piece: a file on a disk, a file that a browser was given. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}
