import type { Following } from './following.ts';
import { moduleIn } from './modules.ts';
import { data, type Given, list, NotUnderstood, UNKNOWN_VALUE, type Value } from './values.ts';

/** Methods of a module that give the module back. */
const SAME_MODULE = new Set([
  'to',
  'cuda',
  'cpu',
  'float',
  'eval',
  'train',
  'requires_grad_',
  'apply',
  'share_memory',
]);

/** Parts of a list that grows: longer ones are no network's. */
const LONGEST_LIST = 1000;

/** Calls a method of an object. */
export function callMethod(
  following: Following,
  object: Value,
  name: string,
  given: readonly Given[],
): Value {
  switch (object.type) {
    case 'tensor':
    case 'batch':
    case 'shape':
      return following.forward === null
        ? UNKNOWN_VALUE
        : following.forward.callMethod(object, name, given);
    case 'list':
      return callOfList(following, object, name, given);
    case 'dict':
      if (name === 'items' || name === 'values') following.take(object.entries.size);
      if (name === 'items') {
        return list([...object.entries].map(([key, item]) => list([data(key), item])));
      }
      return name === 'values' ? list([...object.entries.values()]) : UNKNOWN_VALUE;
    case 'module':
      return callOfModule(following, object, name, given);
    default:
      if (given.some(({ value }) => value.type === 'tensor')) {
        throw new NotUnderstood(`the call of ${name.slice(0, 80)}`);
      }
      return UNKNOWN_VALUE;
  }
}

function callOfList(
  following: Following,
  object: Extract<Value, { type: 'list' }>,
  name: string,
  given: readonly Given[],
): Value {
  const [first] = given.map(({ value }) => value);
  const more =
    name === 'append' && first !== undefined
      ? [first]
      : name === 'extend' && first?.type === 'list'
        ? first.items
        : null;
  if (more !== null) {
    if (object.items.length + more.length > LONGEST_LIST)
      throw new NotUnderstood(`a list of more than ${LONGEST_LIST} parts`);
    following.take(more.length);
    object.items.push(...more);
  } else if (name === 'pop') return object.items.pop() ?? UNKNOWN_VALUE;
  else if (name === 'insert' || name === 'remove' || name === 'clear') {
    throw new NotUnderstood(`the change of a list by ${name}`);
  }
  return data(null);
}

function callOfModule(
  following: Following,
  object: Extract<Value, { type: 'module' }>,
  name: string,
  given: readonly Given[],
): Value {
  const { module } = object;
  if (SAME_MODULE.has(name)) return object;
  if (module.kind === 'container') {
    const [first] = given.map(({ value }) => value);
    if (name === 'append' && first !== undefined) {
      module.children.set(String(module.children.size), moduleIn(first));
      return object;
    }
    if (name === 'children') return object;
  }
  if (name === 'add_module' || name === 'register_module') {
    const [key, child] = given.map(({ value }) => value);
    if (key?.type !== 'data' || child === undefined)
      throw new NotUnderstood('a module without a name');
    if (module.kind === 'container') module.children.set(String(key.data), moduleIn(child));
    else if (module.kind === 'instance') module.attributes.set(String(key.data), child);
    return data(null);
  }
  if (module.kind !== 'instance') return UNKNOWN_VALUE;
  const method = module.of.methods.get(name);
  if (method !== undefined)
    return following.invoke(method, [{ name: null, value: object }, ...given]);
  if (name === '__init__') return data(null);
  if (given.some(({ value }) => value.type === 'tensor')) {
    if (name === 'log') return data(null);
    throw new NotUnderstood(`the method ${name.slice(0, 80)}, which its class does not define`);
  }
  return UNKNOWN_VALUE;
}
