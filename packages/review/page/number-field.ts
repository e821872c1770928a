import { typedNumber } from '@labproof/submission/typed-number';

/** Reads a field, and lets its form say what is wrong with it: a field of type "number" drops commas without a word. */
export function numberIn(
  field: HTMLInputElement,
  [least, most]: readonly [number, number],
): number {
  const number = typedNumber(field.value, 'small');
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
