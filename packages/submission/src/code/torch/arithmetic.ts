import { calculateNumbers } from '../number-arithmetic.ts';
import type { Following } from './following.ts';
import { data, list, numberOf, UNKNOWN_VALUE, type Value } from './values.ts';

/** Numbers of a list that is repeated: longer ones are no network's. */
const LONGEST = 1000;
/** Characters of a text that is put together. */
export const LONGEST_TEXT = 10_000;

/** Calculates with two literals; unknown for everything that is no plain number, text or list. */
export function arithmetic(
  following: Following,
  operator: string,
  left: Value,
  right: Value,
): Value {
  if (operator === '+' && left.type === 'list' && right.type === 'list') {
    const length = left.items.length + right.items.length;
    if (length > LONGEST) return UNKNOWN_VALUE;
    following.take(length);
    return list([...left.items, ...right.items]);
  }
  if (operator === '*' && left.type === 'list') return repeated(following, left.items, right);
  if (operator === '+' && isText(left) && isText(right)) return data(left.data + right.data);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === null || b === null) return UNKNOWN_VALUE;
  // Python's ^ is another operator than R's.
  const result = operator === '^' ? null : calculateNumbers(operator, a, b);
  return result === null ? UNKNOWN_VALUE : data(result);
}

/** A comparison of two literals; `null` for another operator, unknown where it cannot be told. */
export function compare(
  following: Following,
  operator: string,
  left: Value,
  right: Value,
): Value | null {
  if (operator === 'in' || operator === 'not in') {
    if (right.type !== 'list' || left.type !== 'data') return UNKNOWN_VALUE;
    following.take(right.items.length);
    const there = right.items.some((item) => item.type === 'data' && item.data === left.data);
    return data(there === (operator === 'in'));
  }
  if (!['==', '!=', '<', '<=', '>', '>=', 'is', 'is not'].includes(operator)) return null;
  if (left.type !== 'data' || right.type !== 'data') {
    // Nothing but None is None.
    const none = [left, right].some((value) => value.type === 'data' && value.data === null);
    const known = [left, right].every(({ type }) => type !== 'unknown' && type !== 'path');
    return none && known ? data(operator === '!=' || operator === 'is not') : UNKNOWN_VALUE;
  }
  const [a, b] = [left.data, right.data];
  if (operator === '==' || operator === 'is') return data(a === b);
  if (operator === '!=' || operator === 'is not') return data(a !== b);
  if (typeof a !== 'number' || typeof b !== 'number') return UNKNOWN_VALUE;
  return data(
    operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b,
  );
}

function repeated(following: Following, items: readonly Value[], times: Value): Value {
  const count = numberOf(times);
  if (count === null || !(count * items.length <= LONGEST)) return UNKNOWN_VALUE;
  if (items.length === 0) return list([]);
  following.take(Math.max(0, count) * items.length);
  return list(Array.from({ length: Math.max(0, count) }, () => items).flat());
}

function isText(value: Value): value is { readonly type: 'data'; readonly data: string } {
  return (
    value.type === 'data' && typeof value.data === 'string' && value.data.length < LONGEST_TEXT
  );
}
