import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { QueueAddress } from '../../src/index.ts';

/**
 * Whether this machine has redis-server; tests over a queue say so and are skipped where it has not, or fail where
 * `LABPROOF_TEST_REDIS` says that it is required.
 */
export const hasRedis = ((): boolean => {
  try {
    return execFileSync('redis-server', ['--version'], { encoding: 'utf8' }).includes('v=');
  } catch (error) {
    if (process.env['LABPROOF_TEST_REDIS'] !== 'required') return false;
    throw new Error('redis-server is not installed, and LABPROOF_TEST_REDIS requires it', {
      cause: error,
    });
  }
})();

/** Why tests are skipped, for their title. */
export const without = hasRedis ? '' : ' (skipped: redis-server is not installed)';

/** A Redis of the test's own on a socket in a folder of its own, with an append-only file. */
export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'labproof-queue-'));
  readonly socket = join(this.folder, 'redis.sock');
  readonly address = QueueAddress.parse(`unix:${this.socket}`);
  #child: ChildProcess | null = null;
  readonly #end = (): void => void this.#child?.kill('SIGKILL');

  async start(): Promise<void> {
    const data = join(this.folder, 'redis');
    mkdirSync(data, { recursive: true });
    this.#child = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', this.socket, '--dir', data, '--save', '']
        .concat(['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy'])
        .concat(['noeviction', '--loglevel', 'warning']),
      { stdio: 'ignore' },
    );
    // A test that is ended before it could clean up leaves no server behind.
    process.once('exit', this.#end);
    const redis = this.client();
    const answering = (async (): Promise<boolean> => {
      while ((await redis.ping().catch(() => '')) !== 'PONG') await pause(20);
      return true;
    })();
    const ended = once(this.#child, 'exit').then(() => false);
    const answers = await Promise.race([answering, ended]);
    redis.disconnect();
    if (!answers) throw new Error('redis-server ended before it answered');
  }

  /** A connection for looking into it. */
  client(): Redis {
    const redis = new Redis({
      path: this.socket,
      maxRetriesPerRequest: null,
      retryStrategy: () => 20,
    });
    redis.on('error', () => undefined);
    return redis;
  }

  /** As `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    this.#end();
    await ended;
    process.off('exit', this.#end);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
