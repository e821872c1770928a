/**
 * Two numbers of a program, calculated with as Python and R do: `//` and `%/%` divide and round down, `%` and `%%` are what
 * is left of that, `**` and `^` whole powers. `null` for another operator, and where there is no such number.
 */
export function calculateNumbers(operator: string, a: number, b: number): number | null {
  const result = resultOf(operator, a, b);
  return result === null || !Number.isFinite(result) ? null : result;
}

function resultOf(operator: string, a: number, b: number): number | null {
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
    case '%':
    case '%%':
      return b === 0 ? null : a - b * Math.floor(a / b);
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
