import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from '@labproof/core/workers';
import { until } from './until.ts';

/** A worker process and what it has said. */
export interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  readonly lines: string[];
}

/** Worker processes of one test. */
export class WorkerCrew {
  readonly members: Member[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts a worker and waits until it takes jobs. */
  async add(name: string, fault = 'none', jobs = 1): Promise<Member> {
    const entry = { from: import.meta.url, path: './worker-process' };
    const child = startProcess(entry, [this.#folder, name, fault, String(jobs)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const member = { name, child, lines: [] as string[] };
    this.members.push(member);
    await new Promise<void>((resolve, reject) => {
      child.on('message', (line) => {
        if (line === 'ready') resolve();
        else member.lines.push(String(line));
      });
      child.once('exit', () => reject(new Error(`the worker ${name} ended before it was ready`)));
    });
    return member;
  }

  /** Waits until some worker has said something. */
  async heard(wanted: RegExp): Promise<Member> {
    return until(() => this.members.find((member) => linesOf(member, wanted).length > 0));
  }

  /** Waits until every worker has said something. */
  async allHeard(wanted: RegExp): Promise<void> {
    await until(() => this.members.every((member) => linesOf(member, wanted).length > 0));
  }

  /** Lets workers that hold a job go on. */
  release(): void {
    writeFileSync(join(this.#folder, 'released'), '');
  }

  /** As `kill -9`; returns when the worker is gone. */
  async kill({ child }: Member): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => this.kill(member)));
  }
}

/** What a worker has said of this kind. */
export function linesOf({ lines }: Member, wanted: RegExp): string[] {
  return lines.filter((line) => wanted.test(line));
}
