import { hashOf } from '@labproof/core';

/** Hexadecimal digits that are turned into a number: 13 of them are 52 bits, exact in a double. */
const DIGITS = 13;

/**
 * Whether a trial is among the share of those that are run twice. The choice is drawn from the trial's key, so it is
 * the same whoever asks, and nobody can tell it beforehand from the order of the trials.
 */
export function isRechecked(trialKey: string, share: number): boolean {
  const draw = Number.parseInt(hashOf({ recheck: trialKey }).slice(0, DIGITS), 16) / 16 ** DIGITS;
  return draw < share;
}
