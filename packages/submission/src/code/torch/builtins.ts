import type { Following } from './following.ts';
import {
  data,
  type Given,
  list,
  NotUnderstood,
  numberOf,
  UNKNOWN_VALUE,
  type Value,
} from './values.ts';

const LONGEST_RANGE = 1000;

/** Python's own functions, as far as code of networks uses them. */
export function callBuiltin(following: Following, path: string, given: readonly Given[]): Value {
  const values = given.map(({ value }) => value);
  const [first] = values;
  switch (path.split('.').at(-1)) {
    case 'super':
      return { type: 'path', path: 'super' };
    case 'range':
      return range(values);
    case 'len':
      return first?.type === 'list' ? data(first.items.length) : lengthOf(first);
    case 'int': {
      const number = numberOf(first);
      return number === null ? UNKNOWN_VALUE : data(Math.trunc(number));
    }
    case 'float':
      return first?.type === 'data' ? first : UNKNOWN_VALUE;
    case 'list':
    case 'tuple':
      if (first?.type !== 'list') return first ?? list([]);
      following.take(first.items.length);
      return list(first.items);
    case 'OrderedDict':
    case 'dict':
      return dictionary(following, first);
    case 'enumerate':
      return overItems(following, first, (items) =>
        items.map((item, index) => list([data(index), item])),
      );
    case 'zip':
      return zip(following, values);
    case 'reversed':
      return overItems(following, first, (items) => items.toReversed());
    case 'getattr':
      return UNKNOWN_VALUE;
    default:
      if (following.forward !== null && values.some(({ type }) => type === 'tensor')) {
        if (path === 'print') return data(null);
        throw new NotUnderstood(`the call of ${path.slice(0, 80)}`);
      }
      return UNKNOWN_VALUE;
  }
}

function lengthOf(value: Value | undefined): Value {
  if (value?.type === 'module' && value.module.kind === 'container') {
    return data(value.module.children.size);
  }
  return value?.type === 'tensor' ? { type: 'batch' } : UNKNOWN_VALUE;
}

function range(values: readonly Value[]): Value {
  const numbers = values.map(numberOf);
  if (numbers.some((number) => number === null)) return UNKNOWN_VALUE;
  const [from, to, step] =
    numbers.length === 1
      ? [0, numbers[0] ?? 0, 1]
      : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= LONGEST_RANGE)) return UNKNOWN_VALUE;
  return list(Array.from({ length: count }, (_, index) => data(from + index * step)));
}

function overItems(
  following: Following,
  value: Value | undefined,
  change: (items: readonly Value[]) => Value[],
): Value {
  const items = value === undefined ? null : following.itemsOf(value);
  return items === null ? UNKNOWN_VALUE : list(change(items));
}

function zip(following: Following, values: readonly Value[]): Value {
  const lists = values.map((value) => following.itemsOf(value));
  if (lists.includes(null)) return UNKNOWN_VALUE;
  const length = Math.min(...lists.map((items) => items?.length ?? 0));
  return list(
    Array.from({ length }, (_, index) =>
      list(lists.map((items) => items?.[index] ?? UNKNOWN_VALUE)),
    ),
  );
}

function dictionary(following: Following, value: Value | undefined): Value {
  if (value === undefined) return { type: 'dict', entries: new Map() };
  if (value.type === 'dict') return value;
  const pairs = value.type === 'list' ? value.items : [];
  following.take(pairs.length);
  return {
    type: 'dict',
    entries: new Map(
      pairs.flatMap((pair) => {
        const [key, item] = pair.type === 'list' ? pair.items : [];
        return key?.type === 'data' && item !== undefined
          ? [[String(key.data), item] as const]
          : [];
      }),
    ),
  };
}
