import type { PickleValue } from './pickle/values.ts';
import type { StorageReference } from './rebuild.ts';

/** A file that `torch.save` wrote: what was pickled, and the storages that it refers to. */
export interface TorchFile {
  readonly container: 'zip' | 'legacy' | 'torchscript';
  readonly root: PickleValue;
  /** The bytes of a storage; `null` where the file does not hold it whole. */
  storage(reference: StorageReference): Uint8Array | null;
}
