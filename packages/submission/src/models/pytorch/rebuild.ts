import { storedType, type StoredType } from './dtypes.ts';
import { isKind, type PickleValue, qualifiedName, sequenceItems } from './pickle/values.ts';
import type { StridedView } from './tensor.ts';

/** A storage that a tensor refers to. */
export interface StorageReference {
  readonly key: string;
  readonly type: StoredType;
  /** Numbers in it, of its own type. */
  readonly count: number;
}

/** A tensor as a pickle describes it: where in which storage it lies. */
export interface TensorReference extends Omit<StridedView, 'bytes'> {
  readonly storage: StorageReference;
}

/** A tensor that is not read, and what it is. */
export interface UnreadTensor {
  readonly unread: string;
}

/** How deep `_rebuild_parameter(_rebuild_from_type_v2(…))` may be wrapped. */
const DEEPEST = 8;

const UNREAD: readonly (readonly [RegExp, string])[] = [
  [/_rebuild_(?:per_channel_)?qtensor|quantized/u, 'quantised'],
  [/_rebuild_sparse|_rebuild_nested/u, 'sparse'],
  [/_rebuild_meta_tensor/u, 'without values (on the device "meta")'],
  [/_rebuild_wrapper_subclass|_rebuild_device_tensor/u, 'of a class of its own'],
];

/**
 * The tensor that a record of one of PyTorch's rebuilding functions describes; `null` where it is none.
 * The functions and their arguments: `torch/_utils.py`, `torch/_tensor.py`.
 */
export function readTensor(value: PickleValue, depth = 0): TensorReference | UnreadTensor | null {
  if (!isKind(value, 'object') || depth > DEEPEST) return null;
  const name = qualifiedName(value.callee) ?? '';
  const args = sequenceItems(value.args) ?? [];
  switch (name) {
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
      return view(args, null);
    case 'torch._utils._rebuild_tensor_v3':
      return view(args, storedType(qualifiedName(args[6]) ?? ''));
    case 'torch._utils._rebuild_parameter':
    case 'torch._utils._rebuild_parameter_with_state':
      return readTensor(args[0] ?? null, depth + 1);
    case 'torch._tensor._rebuild_from_type_v2':
      return readTensor({ ...value, callee: args[0] ?? null, args: args[2] ?? null }, depth + 1);
    case 'torch.nn.parameter.Parameter':
    case 'torch.Tensor':
      return readTensor(args[0] ?? null, depth + 1);
    default: {
      const unread = UNREAD.find(([pattern]) => pattern.test(name));
      return unread === undefined ? null : { unread: unread[1] };
    }
  }
}

function view(args: readonly PickleValue[], type: StoredType | null): TensorReference | null {
  const [storage, offset, shape, strides] = args;
  const reference = storageOf(storage);
  const extents = numbers(shape);
  const steps = numbers(strides);
  if (reference === null || typeof offset !== 'number' || extents === null || steps === null) {
    return null;
  }
  return {
    storage: reference,
    type: type ?? reference.type,
    offset,
    shape: extents,
    strides: steps,
  };
}

/** `('storage', torch.FloatStorage, '0', 'cpu', 320)`, with a sixth part in files of before 1.6. */
export function storageOf(value: PickleValue | undefined): StorageReference | null {
  if (!isKind(value, 'persistent')) return null;
  const [what, kind, key, , count] = sequenceItems(value.id) ?? [];
  const type = storedType(qualifiedName(kind) ?? '');
  const keyed = typeof key === 'string' || typeof key === 'number';
  if (what !== 'storage' || type === null || !keyed || typeof count !== 'number') return null;
  return { key: String(key), type, count };
}

function numbers(value: PickleValue | undefined): number[] | null {
  // `torch.Size` is a record around the tuple.
  const items = isKind(value, 'object')
    ? sequenceItems(sequenceItems(value.args)?.[0])
    : sequenceItems(value);
  if (items === null || items.length > 8) return null;
  return items.every((item) => typeof item === 'number') ? [...items] : null;
}
