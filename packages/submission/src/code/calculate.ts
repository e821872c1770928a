import { calculateNumbers } from './number-arithmetic.ts';
import { dataValue, NO_VALUE, type Value } from './value.ts';

/** Calculates with two literals; `NO_VALUE` for everything that is no plain number or text. */
export function calculate(operator: string, left: Value, right: Value): Value {
  if (left.type !== 'data' || right.type !== 'data') return NO_VALUE;
  const a = left.data;
  const b = right.data;
  if (operator === '+' && Array.isArray(a) && Array.isArray(b) && a.length + b.length <= LONGEST) {
    return dataValue([...a, ...b]);
  }
  if (typeof a !== 'number' || typeof b !== 'number') return NO_VALUE;
  const result = calculateNumbers(operator, a, b);
  return result === null ? NO_VALUE : dataValue(result);
}

const LONGEST = 1000;
