import type { Following } from './following.ts';
import { isIdle, moduleParameter } from './signatures.ts';
import { data, type Given, type Module, NotUnderstood, type Value } from './values.ts';

/** Whether what inherits from this is a class of networks: it, or what it inherits from, says `Module`. */
export function isModuleBase(base: Value): boolean {
  if (base.type === 'class') return base.isModule;
  return (
    base.type === 'path' && /(?:^|\.)(?:Lightning)?Module$|(?:^|\.)Sequential$/u.test(base.path)
  );
}

/** What `nn.Linear(784, 10)` makes. */
export function makeModule(className: string, given: readonly Given[]): Value {
  const module =
    className === 'Sequential' || className === 'ModuleList' || className === 'ModuleDict'
      ? makeContainer(className, given)
      : makeLayer(className, given);
  return { type: 'module', module, path: '' };
}

function makeLayer(className: string, given: readonly Given[]): Module {
  const options: Record<string, Value> = {};
  let place = 0;
  for (const { name, value } of given) {
    const parameter = name ?? moduleParameter(className, place);
    if (name === null) place += 1;
    if (!isIdle(parameter)) options[parameter] = value;
  }
  return { kind: 'layer', className, options };
}

function makeContainer(
  className: Extract<Module, { kind: 'container' }>['className'],
  given: readonly Given[],
): Module {
  const children = new Map<string, Module>();
  const [first] = given;
  const values = given.map(({ value }) => value);
  const lone = given.length === 1 ? first?.value : undefined;
  if (lone?.type === 'dict') {
    for (const [name, value] of lone.entries) children.set(name, moduleIn(value));
  } else {
    const items = className === 'ModuleList' && lone?.type === 'list' ? lone.items : values;
    for (const [index, value] of items.entries()) children.set(String(index), moduleIn(value));
  }
  return { kind: 'container', className, children };
}

/** The module that a value is; anything else in a container leaves a hole in the network. */
export function moduleIn(value: Value): Module {
  if (value.type === 'module') return value.module;
  throw new NotUnderstood('a part of a container that is not known');
}

/** A member of a module, with its place in the network; `null` where it has none of that name. */
export function memberOfModule(
  following: Following,
  { module, path }: Extract<Value, { type: 'module' }>,
  name: string,
): Value | null {
  const place = path === '' ? name : `${path}.${name}`;
  if (module.kind === 'container') {
    const at = Number(name);
    const isFromBehind = Number.isInteger(at) && at < 0;
    if (isFromBehind) following.take(module.children.size);
    const key = isFromBehind ? [...module.children.keys()].at(at) : name;
    const child = key === undefined ? undefined : module.children.get(key);
    if (child === undefined) return null;
    return { type: 'module', module: child, path: path === '' ? String(key) : `${path}.${key}` };
  }
  if (module.kind === 'layer') return module.options[name] ?? null;
  if (name === 'training') return data(false);
  const own = module.attributes.get(name);
  if (own === undefined) return null;
  return own.type === 'module' ? { ...own, path: place } : own;
}

/** Numbers of an option: extents of a shape. */
const MOST_NUMBERS = 64;

/** The values of options as plain data; what is unknown is a hole. */
export function plainOption(value: Value): null | boolean | number | string | readonly number[] {
  if (value.type === 'data') return value.data;
  const items = value.type === 'list' && value.items.length <= MOST_NUMBERS ? value.items : null;
  const numbers = items?.map((item) => (item.type === 'data' ? item.data : null)) ?? [];
  if (items !== null && numbers.every((item) => typeof item === 'number')) return numbers;
  throw new NotUnderstood('an option of a layer that is not known');
}
