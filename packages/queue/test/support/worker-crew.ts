import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const entry = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

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
    const child = fork(entry, [this.#folder, name, fault, String(jobs)], {
      execArgv: ['--conditions=@labproof/source', `--import=${tsx}`],
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
    for (;;) {
      const member = this.members.find(({ lines }) => lines.some((line) => wanted.test(line)));
      if (member !== undefined) return member;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.members.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }
}
