import { type ChildProcess, spawn } from 'node:child_process';
import { nodeArguments } from '@labproof/core/workers';
import { Labs } from '@labproof/exercises';
import { checkKinds } from '@labproof/grader';
import type { Context } from '../src/program/context.ts';
import { main } from '../src/main.ts';

/** What a run of the command left behind. */
export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, with a clock that stands still unless `world` brings another. */
export async function runInProcess(
  args: readonly string[],
  cache: string,
  world: Partial<Context> = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const context: Context = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    interactive: false,
    colour: false,
    now: () => 0,
    today: () => '2026-11-21',
    cores: 2,
    trialCacheDirectory: cache,
    labs: new Labs(checkKinds),
    labFolders: [],
    hiddenSeed: process.env['LABPROOF_HIDDEN_SEED'] ?? null,
    queueAddress: null,
    objectStore: null,
    jobSummaryFile: null,
    signal: new AbortController().signal,
    dispose: () => undefined,
    ...world,
  };
  const exitCode = await main(args, context);
  return { exitCode, out: out.join(''), err: err.join('') };
}

/** The program and its arguments that run the command from its sources. */
export function commandLine(args: readonly string[]): [string, ...string[]] {
  const bin = nodeArguments({ from: import.meta.url, path: '../src/bin' });
  return [process.execPath, ...bin, ...args];
}

/** Starts the command as a process of its own, from its sources. */
export function startProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const [program, ...rest] = commandLine(args);
  return spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for a started process. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? -1,
        out: Buffer.concat(out).toString(),
        err: Buffer.concat(err).toString(),
      }),
    );
  });
}
