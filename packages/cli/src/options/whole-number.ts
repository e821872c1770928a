import { InvalidArgumentError } from 'commander';

/** An option parser for whole numbers of at least `least`: "3" is one, "3.5", "1e3" and "" are not. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[0-9]+$/u.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`it takes a whole number of at least ${least}, in digits.`);
    }
    return value;
  };
}
