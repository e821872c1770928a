import { setImmediate } from 'node:timers/promises';
import { LabproofError } from '@labproof/core/errors';
import { cliError } from '../errors.ts';

/** The signals that ask a command to end, with what a shell reports of a process that one of them ended: 128 + its number. */
export const ENDING_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof ENDING_SIGNALS;

/** Why a command was ended from outside: the reason of `Context.signal`, and so what its `throwIfAborted` throws. */
export class Interruption extends LabproofError {
  readonly signal: EndingSignal;

  constructor(signal: EndingSignal) {
    super(
      cliError('command-interrupted', {
        message: `Interrupted by ${signal === 'SIGINT' ? 'Ctrl-C' : signal} before everything was done.`,
        fix: 'Run the same command again; trials and grades that were finished are kept.',
      }).toJSON(),
    );
    this.signal = signal;
  }
}

/** Why a signal fired; one that somebody else has made stands for Ctrl-C. */
export function interruptionOf({ reason }: AbortSignal): Interruption {
  return reason instanceof Interruption ? reason : new Interruption('SIGINT');
}

/** The exit code of a command that the signal has ended. */
export function interruptedExitCode(signal: AbortSignal): number {
  return ENDING_SIGNALS[interruptionOf(signal).signal];
}

/**
 * What the work gives, or the signal's reason as soon as it fires. The work is not told: use it for what may be left
 * behind at any moment, because the process ends right after.
 */
export async function orInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true, signal: done.signal });
      work.then(resolve, reject);
    });
  } finally {
    done.abort();
  }
}

/** Lets the process hear of a signal in the middle of work that waits for nothing; throws its reason if there was one. */
export async function hearSignals(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
