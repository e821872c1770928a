import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lookAtTree } from './process-tree.ts';

/** What a program took from its start to its end; processor and memory are NaN where the system does not tell. */
export interface ProgramUse {
  /** Wall clock. */
  readonly seconds: number;
  /** Of the processor, in the program and its children, by four looks a second: what a child does last may be missing. */
  readonly processor: number;
  /** The most memory in MiB that all of them held together. */
  readonly mebibytes: number;
  readonly exitCode: number;
}

/** The `labproof` command as a user starts it, from the built packages. */
export const LABPROOF: string = fileURLToPath(
  new URL('../../../packages/cli/bin/labproof.js', import.meta.url),
);

/** Runs a program of Node.js to its end, without what it prints on stdout. */
export async function runProgram(parameters: readonly string[]): Promise<ProgramUse> {
  const start = performance.now();
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const told = existsSync('/proc/self/smaps_rollup');
  const processor = new Map<number, number>();
  let mebibytes = 0;
  const look = (): void => {
    const use = lookAtTree(child.pid ?? -1);
    mebibytes = Math.max(mebibytes, use.mebibytes);
    for (const [pid, seconds] of use.seconds) processor.set(pid, seconds);
  };
  const timer = told ? setInterval(look, 250) : undefined;
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  clearInterval(timer);
  const seconds = (performance.now() - start) / 1000;
  // 0 and 1 are results; a command that could not do its work must not count as a fast one.
  if (exitCode < 0 || exitCode > 1) {
    throw new Error(
      `${parameters.join(' ')} ended with ${exitCode}: ${Buffer.concat(errors).toString()}`,
    );
  }
  return {
    seconds,
    processor: told ? [...processor.values()].reduce((sum, value) => sum + value, 0) : Number.NaN,
    mebibytes: told ? mebibytes : Number.NaN,
    exitCode,
  };
}
