import type { ChildProcess } from 'node:child_process';
import { startProcess } from '@labproof/core';

/** A grading process, and the end of what it wrote to stderr: a diagnosis, never printed. */
export interface GradingProcess {
  readonly child: ChildProcess;
  readonly errors: () => string;
}

/** So many characters of stderr are kept. */
const KEPT_CHARACTERS = 4000;

/**
 * Starts a grading process. V8's own heap gets the memory limit as well as the whole process, which ends with a
 * message instead of a long fight for the last bytes. What libraries write about a student's file goes nowhere.
 */
export function forkGradingProcess(memoryLimit: number): GradingProcess {
  const module = { from: import.meta.url, path: './grading-process' };
  const child = startProcess(module, [], {
    execArgv: [`--max-old-space-size=${Math.floor(memoryLimit)}`],
    // The secret of hidden images stays with the process that makes them.
    env: { ...process.env, LABPROOF_HIDDEN_SEED: '' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-KEPT_CHARACTERS);
  });
  return { child, errors: () => errors };
}
