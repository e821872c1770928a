// A Redis of the bench's own and workers on it, all of them on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';

const LABPROOF = fileURLToPath(new URL('../../packages/cli/bin/labproof.js', import.meta.url));

export class Crew {
  constructor(folder) {
    this.folder = folder;
    this.address = `unix:${path.join(folder, 'redis.sock')}`;
    this.workers = [];
  }

  async startRedis() {
    const data = path.join(this.folder, 'redis');
    mkdirSync(data);
    const socket = path.join(this.folder, 'redis.sock');
    this.server = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', socket, '--dir', data, '--save', '', '--appendonly', 'yes'],
      { stdio: 'ignore' },
    );
    this.redis = new Redis({ path: socket, maxRetriesPerRequest: null, retryStrategy: () => 20 });
    this.redis.on('error', () => undefined);
    while ((await this.redis.ping().catch(() => '')) !== 'PONG') await pause(20);
  }

  /** Starts workers until there are so many, each for one job at a time. */
  async grow(count) {
    while (this.workers.length < count) {
      const name = `worker-${this.workers.length + 1}`;
      const child = spawn(
        process.execPath,
        [
          LABPROOF,
          'worker',
          '--queue',
          this.address,
          '--files',
          this.files(),
          '--name',
          name,
          '--jobs',
          '1',
        ],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
          env: { ...process.env, LABPROOF_CACHE: path.join(this.folder, name) },
        },
      );
      this.workers.push(child);
      await new Promise((resolve, reject) => {
        child.stderr.setEncoding('utf8').on('data', (text) => {
          if (text.includes('side by side')) resolve();
        });
        child.once('exit', () => reject(new Error(`${name} ended`)));
      });
    }
  }

  async shrink(count) {
    for (const child of this.workers.splice(count)) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }

  files() {
    return path.join(this.folder, 'files');
  }

  /** What Redis has done since it was started: commands, seconds of its processor, bytes over its sockets. */
  async load() {
    const info = await this.redis.info();
    const number = (name) => Number(new RegExp(`^${name}:([0-9.]+)`, 'mu').exec(info)?.[1]);
    return {
      commands: number('total_commands_processed'),
      seconds: number('used_cpu_user') + number('used_cpu_sys'),
      bytes: number('total_net_input_bytes') + number('total_net_output_bytes'),
      memory: number('used_memory'),
    };
  }

  /** Processor seconds of all workers so far; only Linux tells. */
  processorSeconds() {
    const ticks = this.workers.map(({ pid }) => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
      return Number(fields[11]) + Number(fields[12]);
    });
    return ticks.reduce((sum, value) => sum + value, 0) / 100;
  }

  async stop() {
    await this.shrink(0);
    this.redis?.disconnect();
    if (this.server !== undefined) {
      const ended = once(this.server, 'exit');
      this.server.kill('SIGTERM');
      await ended;
    }
  }
}
