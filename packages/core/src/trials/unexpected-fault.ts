import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';

/** What a fault of ours says, with where it was. */
export function unexpectedFault(error: unknown): LabproofError {
  const where = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return coreError('trial-unexpected', {
    message: `A fault in Labproof stopped a trial: ${where}`,
    fix: 'Please report this with the message above; finished trials are kept.',
  });
}
