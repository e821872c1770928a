import type { TorchFile } from './torch-file.ts';
import { readPickle } from './pickle/machine.ts';
import { sequenceItems } from './pickle/values.ts';
import { torchProblem } from './problem.ts';
import { storageOf } from './rebuild.ts';

/** `MAGIC_NUMBER` and `PROTOCOL_VERSION` of `torch/serialization.py`. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Whether bytes begin with a pickle: PROTO 2 to 5. */
function isPickle(bytes: Uint8Array): boolean {
  const version = bytes[1] ?? 0;
  return bytes[0] === 0x80 && version >= 2 && version <= 5;
}

/**
 * The stream that `torch.save` wrote before 1.6 and still writes with `_use_new_zipfile_serialization=False`: pickles of
 * the magic number, the protocol, facts of the machine, the object and the list of storages, then each storage with its
 * length in front (`_legacy_save`). The length counts numbers, of the type that the object's pickle says.
 */
export function openLegacyStream(bytes: Uint8Array, path: string): TorchFile {
  if (!isPickle(bytes)) {
    throw torchProblem('pytorch-damaged', path, 'is nothing that torch.save wrote');
  }
  const magic = readPickle(bytes);
  if (magic.value !== MAGIC) {
    throw torchProblem(
      'pytorch-unread',
      path,
      'is a pickle that torch.save did not write, and pickles are programs, which are not run',
    );
  }
  const protocol = readPickle(bytes, magic.end);
  if (protocol.value !== PROTOCOL) {
    throw torchProblem(
      'pytorch-unread',
      path,
      'was written by a protocol of torch.save that is not known',
    );
  }
  const system = readPickle(bytes, protocol.end);
  const root = readPickle(bytes, system.end);
  const keys = readPickle(bytes, root.end);
  const names = sequenceItems(keys.value);
  if (names === null) throw torchProblem('pytorch-damaged', path, 'does not list its storages');
  const sizes = new Map(
    root.persistent.flatMap((reference) => {
      const storage = storageOf(reference);
      return storage === null ? [] : [[storage.key, storage.type.bytes] as const];
    }),
  );
  const storages = new Map<string, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = keys.end;
  for (const name of names) {
    const key = String(typeof name === 'number' || typeof name === 'bigint' ? name : (name ?? ''));
    if (at + 8 > bytes.length) throw torchProblem('pytorch-damaged', path, 'ends too early');
    const count = Number(view.getBigUint64(at, true));
    const length = count * (sizes.get(key) ?? 0);
    if (length === 0 && count > 0) {
      throw torchProblem('pytorch-damaged', path, 'holds a storage that nothing refers to');
    }
    if (!(at + 8 + length <= bytes.length)) {
      throw torchProblem('pytorch-damaged', path, 'ends too early');
    }
    storages.set(key, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return {
    container: 'legacy',
    root: root.value,
    storage: ({ key, count, type }) => {
      const found = storages.get(key) ?? null;
      return found !== null && found.length >= count * type.bytes ? found : null;
    },
  };
}
