import { InvalidArgumentError } from 'commander';

/** An option parser for whole numbers from `least` to `most`: "3" is one, "3.5", "1e3" and "" are not. */
export function wholeNumber(least: number, most?: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (
      !/^[0-9]+$/u.test(text) ||
      !Number.isSafeInteger(value) ||
      value < least ||
      value > (most ?? value)
    ) {
      const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`it takes a whole number ${range}, in digits.`);
    }
    return value;
  };
}
