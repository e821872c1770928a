/**
 * What a pickle says, as data. Nothing in it is ever imported, called or built: a name stays a name, a call stays a
 * record of what would have been called with what.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PicklePersistent;

/** A list, a tuple or a set. @public */
export type PickleSequence = SequenceOf<'list'> | SequenceOf<'tuple'> | SequenceOf<'set'>;

interface SequenceOf<K extends string> {
  readonly kind: K;
  readonly items: PickleValue[];
}

/** @public */
export interface PickleDict {
  readonly kind: 'dict';
  /** In the order of the file; a key may come again, and then the last one counts, as in Python. */
  readonly entries: [PickleValue, PickleValue][];
}

/** A name that Python would import: `torch._utils` and `_rebuild_tensor_v2`. @public */
export interface PickleGlobal {
  readonly kind: 'global';
  readonly module: string;
  readonly name: string;
}

/** What calling `callee` with `args` would have made, and what would have been put into it. */
export interface PickleObject {
  readonly kind: 'object';
  readonly callee: PickleValue;
  readonly args: PickleValue;
  readonly items: PickleValue[];
  readonly entries: [PickleValue, PickleValue][];
  /** What BUILD would have given to `__setstate__` or `__dict__`. */
  state: PickleValue;
}

/** A reference to something outside the pickle: PyTorch's storages. */
export interface PicklePersistent {
  readonly kind: 'persistent';
  readonly id: PickleValue;
}

type Tagged = Exclude<PickleValue, null | boolean | number | bigint | string | Uint8Array>;

/** Whether a value is of one of the tagged kinds. */
export function isKind<K extends Tagged['kind']>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<Tagged, { kind: K }> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array) &&
    value.kind === kind
  );
}

/**
 * `torch._utils._rebuild_tensor_v2` for a name, `null` for anything else. Before 1.6, PyTorch wrote the class of a module
 * as a reference from outside: `('module', class, file, source)`.
 */
export function qualifiedName(value: PickleValue | undefined): string | null {
  if (isKind(value, 'global')) return `${value.module}.${value.name}`;
  const [what, named] = isKind(value, 'persistent') ? (sequenceItems(value.id) ?? []) : [];
  return what === 'module' && isKind(named, 'global') ? `${named.module}.${named.name}` : null;
}

/** The items of a tuple or list; `null` for anything else. */
export function sequenceItems(value: PickleValue | undefined): readonly PickleValue[] | null {
  return isKind(value, 'tuple') || isKind(value, 'list') ? value.items : null;
}

/**
 * The entries of a dictionary or of an `OrderedDict`, by their string keys; other keys are left out. `null` for
 * anything that is no dictionary.
 */
export function stringEntries(value: PickleValue | undefined): Map<string, PickleValue> | null {
  const entries = entriesOf(value);
  if (entries === null) return null;
  const map = new Map<string, PickleValue>();
  for (const [key, item] of entries) if (typeof key === 'string') map.set(key, item);
  return map;
}

function entriesOf(value: PickleValue | undefined): readonly [PickleValue, PickleValue][] | null {
  if (isKind(value, 'dict')) return value.entries;
  if (!isKind(value, 'object') || qualifiedName(value.callee) !== 'collections.OrderedDict') {
    return null;
  }
  // Python 2 wrote the entries of an OrderedDict as the argument of its constructor: a list of pairs.
  const given = sequenceItems(value.args)?.[0];
  const pairs = (sequenceItems(given) ?? []).flatMap((pair): [PickleValue, PickleValue][] => {
    const [key, item] = sequenceItems(pair) ?? [];
    return key === undefined || item === undefined ? [] : [[key, item]];
  });
  return [...pairs, ...value.entries];
}
