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
  const result = arithmetic(operator, a, b);
  return result === null || !Number.isFinite(result) ? NO_VALUE : dataValue(result);
}

const LONGEST = 1000;

function arithmetic(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
    case '%/%':
      return Math.floor(a / b);
    case '**':
    case '^':
      return power(a, b);
    default:
      return null;
  }
}

/** Whole powers by multiplication, which is the same everywhere. */
function power(base: number, exponent: number): number | null {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64) return null;
  let result = 1;
  for (let factor = 0; factor < Math.abs(exponent); factor += 1) result *= base;
  return exponent < 0 ? 1 / result : result;
}
