import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { processorSeconds } from '../../measure/process-tree.ts';
import { LABPROOF } from '../../measure/run-program.ts';

/** What Redis has done since it was started. */
export interface RedisLoad {
  readonly commands: number;
  /** Of its processor. */
  readonly seconds: number;
  /** Over its sockets. */
  readonly bytes: number;
  readonly memory: number;
}

/** A Redis of the benchmark's own and workers on it, all of them on this machine. */
export class Crew {
  readonly address: string;
  /** Where files travel. */
  readonly files: string;
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #redis: Redis;
  readonly #workers: ChildProcess[] = [];

  constructor(folder: string) {
    const socket = join(folder, 'redis.sock');
    const data = join(folder, 'redis');
    mkdirSync(data);
    this.address = `unix:${socket}`;
    this.files = join(folder, 'files');
    this.#folder = folder;
    this.#server = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', socket, '--dir', data, '--save', '', '--appendonly', 'yes'],
      { stdio: 'ignore' },
    );
    this.#redis = new Redis({ path: socket, maxRetriesPerRequest: null, retryStrategy: () => 20 });
    this.#redis.on('error', () => undefined);
  }

  /** Resolves when Redis answers. */
  async ready(): Promise<void> {
    const missing = once(this.#server, 'error').then(([error]) => {
      throw new Error(`redis-server cannot be started: ${String(error)}`);
    });
    await Promise.race([missing, this.#answers()]);
    missing.catch(() => undefined);
  }

  /** Lets there be so many workers, each for one job at a time. */
  async staff(count: number): Promise<void> {
    while (this.#workers.length < count) await this.#hire();
    for (const child of this.#workers.splice(count)) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }

  async load(): Promise<RedisLoad> {
    const info = await this.#redis.info();
    const number = (name: string): number =>
      Number(new RegExp(`^${name}:([0-9.]+)`, 'mu').exec(info)?.[1]);
    return {
      commands: number('total_commands_processed'),
      seconds: number('used_cpu_user') + number('used_cpu_sys'),
      bytes: number('total_net_input_bytes') + number('total_net_output_bytes'),
      memory: number('used_memory'),
    };
  }

  /** Processor seconds of all workers so far; only Linux tells. */
  processorSeconds(): number {
    return this.#workers.reduce((sum, { pid }) => sum + processorSeconds(pid ?? -1), 0);
  }

  async stop(): Promise<void> {
    await this.staff(0);
    this.#redis.disconnect();
    if (this.#server.exitCode !== null || this.#server.pid === undefined) return;
    const ended = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await ended;
  }

  async #answers(): Promise<void> {
    while ((await this.#redis.ping().catch(() => '')) !== 'PONG') await pause(20);
  }

  async #hire(): Promise<void> {
    const name = `worker-${this.#workers.length + 1}`;
    const place = ['--queue', this.address, '--files', this.files];
    const child = spawn(
      process.execPath,
      [LABPROOF, 'worker', ...place, '--name', name, '--jobs', '1'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LABPROOF_CACHE: join(this.#folder, name) },
      },
    );
    this.#workers.push(child);
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('side by side')) resolve();
      });
      child.once('exit', () => reject(new Error(`${name} ended`)));
    });
  }
}
