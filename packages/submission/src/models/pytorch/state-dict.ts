import {
  isKind,
  type PickleObject,
  type PickleValue,
  qualifiedName,
  stringEntries,
} from './pickle/values.ts';
import { readTensor, type TensorReference, type UnreadTensor } from './rebuild.ts';

/** A module of a whole model: its class, the options that it keeps as attributes, and the modules in it. */
export interface StoredModule {
  /** `torch.nn.modules.linear.Linear`, `__main__.Net`. */
  readonly className: string;
  readonly attributes: ReadonlyMap<string, PickleValue>;
  readonly children: ReadonlyMap<string, StoredModule>;
}

/** The arrays of a model by their names (`conv1.weight`), in the order of the file, and its modules where they are kept. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, TensorReference | UnreadTensor>;
  readonly module: StoredModule | null;
}

/** Where checkpoints keep the model, by how often it is called so. */
const USUAL_KEYS = [
  'model_state_dict',
  'state_dict',
  'model_state',
  'model',
  'net_state_dict',
  'net',
  'network',
  'weights',
  'params',
  'module',
] as const;

const DEEPEST = 12;
const MOST_TENSORS = 5000;
/** Modules visited: one may be held many times, also by itself. */
const MOST_MODULES = 5000;
/** Entries of dictionaries gone through: a checkpoint of a thousand arrays has some ten thousand. */
const MOST_ENTRIES = 1_000_000;

/** The state_dicts in a file, by where they stand: the root itself, or the keys of a checkpoint. */
export function findStateDicts(root: PickleValue): Map<string, StateDict> {
  const entries = new Entries();
  const whole = asStateDict(root, entries);
  if (whole !== null) return new Map([['', whole]]);
  const found = new Map<string, StateDict>();
  for (const [key, value] of entries.of(root) ?? []) {
    const dict = asStateDict(value, entries);
    if (dict !== null) found.set(key, dict);
  }
  if (found.size > 1) {
    const usual = USUAL_KEYS.find((key) => found.has(key));
    const chosen = usual === undefined ? undefined : found.get(usual);
    if (usual !== undefined && chosen !== undefined) return new Map([[usual, chosen]]);
  }
  return found;
}

/** The entries of dictionaries. One may be held by many others: all that is gone through is counted together. */
class Entries {
  readonly #read = new Map<PickleValue, Map<string, PickleValue> | null>();
  #spent = 0;

  /** As `stringEntries`; `null` also where more was gone through than any model has. */
  of(value: PickleValue | undefined): Map<string, PickleValue> | null {
    if (value === undefined || this.#spent > MOST_ENTRIES) return null;
    let entries = this.#read.get(value);
    if (entries === undefined) {
      entries = stringEntries(value);
      this.#read.set(value, entries);
    }
    this.#spent += entries?.size ?? 0;
    return entries;
  }
}

function asStateDict(value: PickleValue, entries: Entries): StateDict | null {
  const plain = entries.of(value);
  if (plain !== null) {
    const tensors = new Map<string, TensorReference | UnreadTensor>();
    for (const [name, item] of plain) {
      const tensor = readTensor(item);
      if (tensor !== null) tensors.set(name, tensor);
    }
    return tensors.size === 0 || tensors.size > MOST_TENSORS ? null : { tensors, module: null };
  }
  const collector: Collector = { tensors: new Map(), modules: 0, entries };
  const module = isKind(value, 'object') ? readModule(value, '', collector, 0) : null;
  const { tensors } = collector;
  return module === null || tensors.size === 0 || tensors.size > MOST_TENSORS
    ? null
    : { tensors, module };
}

interface Collector {
  readonly tensors: Map<string, TensorReference | UnreadTensor>;
  modules: number;
  readonly entries: Entries;
}

/**
 * Reads a pickled `nn.Module`: `_parameters`, `_buffers` and `_modules` in its `__dict__` (`torch/nn/modules/module.py`).
 * TorchScript keeps arrays and modules as plain attributes of classes under `__torch__`.
 */
function readModule(
  value: PickleObject,
  prefix: string,
  collector: Collector,
  depth: number,
): StoredModule | null {
  const className = qualifiedName(value.callee) ?? qualifiedName(firstArgument(value)) ?? '';
  const { entries } = collector;
  const attributes = entries.of(value.state);
  collector.modules += 1;
  const tooMany = collector.tensors.size > MOST_TENSORS || collector.modules > MOST_MODULES;
  if (attributes === null || depth > DEEPEST || tooMany) return null;
  const children = new Map<string, StoredModule>();
  const visit = (name: string, item: PickleValue): void => {
    const tensor = readTensor(item);
    if (tensor !== null) {
      collector.tensors.set(`${prefix}${name}`, tensor);
    } else if (isKind(item, 'object')) {
      const child = readModule(item, `${prefix}${name}.`, collector, depth + 1);
      if (child !== null) children.set(name, child);
    }
  };
  const parts = ['_parameters', '_buffers', '_modules'].map((part) =>
    entries.of(attributes.get(part)),
  );
  const [, , modules] = parts;
  if (modules !== null && modules !== undefined) {
    for (const part of parts) for (const [name, item] of part ?? []) visit(name, item);
  } else if (className.startsWith('__torch__')) {
    for (const [name, item] of attributes) visit(name, item);
  } else return null;
  return { className, attributes, children };
}

/** `copyreg._reconstructor(Net, object, None)` of protocols 0 and 1. */
function firstArgument({ args }: PickleObject): PickleValue | undefined {
  return isKind(args, 'tuple') ? args.items[0] : undefined;
}
