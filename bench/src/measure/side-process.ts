import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { z } from 'zod';

/** A program with its parameters. */
export type CommandLine = readonly [program: string, ...parameters: string[]];

/** How a side in TypeScript is started; it loads the built packages, as users do. */
export function nodeSide(script: URL, ...parameters: string[]): CommandLine {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return [process.execPath, '--import', loader, fileURLToPath(script), ...parameters];
}

/** How a side in Python is started: a script of the folder `python`, on one thread unless it says otherwise itself. */
export function pythonSide(python: string, script: string, ...parameters: string[]): CommandLine {
  const path = fileURLToPath(new URL(`../../python/${script}`, import.meta.url));
  return [python, path, ...parameters];
}

/**
 * A library in a process of its own. It reads one JSON line a request and answers with one, until its input ends:
 * `{"request": NAME, …}` to `{…}`. `serve.ts` and `python/protocol.py` are the other ends.
 */
export class SideProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(name: string, [program, ...parameters]: CommandLine, env: NodeJS.ProcessEnv = {}) {
    this.#name = name;
    const child = spawn(program, parameters, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    // A process that did not start or died is reported by the missing answer.
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Throws where the process ends without an answer, or gives another one than the schema says. */
  async ask<T>(request: string, parameters: object, schema: z.ZodType<T>): Promise<T> {
    this.#child.stdin?.write(`${JSON.stringify({ request, ...parameters })}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error(`${this.#name} ended without an answer to "${request}"`);
    return schema.parse(JSON.parse(value));
  }

  stop(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }
}
