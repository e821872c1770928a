/** A number as people type it, with a point or a comma before its decimals; `null` where it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/u.test(plain) ? Number(plain) : null;
}

/** Reads a field, and lets its form say what is wrong with it: a field of type "number" drops commas without a word. */
export function numberIn(
  field: HTMLInputElement,
  [least, most]: readonly [number, number],
): number {
  const number = typedNumber(field.value);
  const problem =
    number === null
      ? 'Write a number, such as 0.5 or 0,5.'
      : number < least
        ? `It cannot be below ${least}.`
        : number > most
          ? `It cannot be above ${most}.`
          : '';
  field.setCustomValidity(problem);
  return number ?? Number.NaN;
}
