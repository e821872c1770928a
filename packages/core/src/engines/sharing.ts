import { MOST_THREADS } from '../workers/cores.ts';

/** How an engine shares its work among threads. */
export interface SharingOptions {
  /** How many compute, the caller's own among them; 1 unless told. */
  readonly threads?: number;
  /** The work, in the unit of `splits.ts`, that a part of a call is to have at least; tests ask for less. */
  readonly leastWork?: number;
}

/** About 20 µs: waking a thread takes some of them. */
export const LEAST_WORK = 200_000;

/** @throws RangeError for what is no number of threads */
export function assertThreads(threads: number): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new RangeError(`an engine has 1 to ${MOST_THREADS} threads, not ${threads}`);
  }
}
