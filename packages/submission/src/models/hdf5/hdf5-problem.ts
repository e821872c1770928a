import type { LabproofError } from '@labproof/core';
import { retireHdf5Library } from './library.ts';
import { type SubmissionCode, submissionError } from '../../errors.ts';

const SAVE_AGAIN = 'Save the model again with model.save() and hand in that file as it is.';

/** What makes an HDF5 file unreadable, or unfit to be read. */
export function hdf5Problem(
  code: Extract<SubmissionCode, `hdf5-${string}`>,
  path: string,
  what: string,
  fix = SAVE_AGAIN,
): LabproofError {
  return submissionError(code, { message: `${path} ${what}.`, fix });
}

/** Runs one call of the library. Whatever goes wrong inside of it comes from the file. */
export function callLibrary<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && /^(RuntimeError|RangeError)$/u.test(error.name))
      retireHdf5Library();
    throw hdf5Problem('hdf5-damaged', path, 'is damaged: its parts do not fit together');
  }
}
