import { TFJS_ENGINES } from '@labproof/core';
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

/** The engines that a user may ask for. */
export const ENGINES = ['auto', 'native', 'wasm'] as const;

/** The engines that may train what is only looked at: TensorFlow.js never makes bands or grades. */
export const RUN_ENGINES = [...ENGINES, ...TFJS_ENGINES] as const;
