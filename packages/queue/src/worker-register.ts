import type { Redis } from 'ioredis';
import { KEY_PREFIX } from './connection.ts';

const WORKERS = `${KEY_PREFIX}:workers`;
const QUARANTINE = `${KEY_PREFIX}:quarantine`;

/** Seconds between two signs of life, and after how many without one a worker counts as gone. */
export const HEARTBEAT_SECONDS = 3;
const GONE_SECONDS = 12;

/**
 * Which workers are alive, and which are not to be trusted any more. Times are those of Redis, so that the clocks of
 * the machines need not agree.
 */
export class WorkerRegister {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** A sign of life. */
  async beat(worker: string): Promise<void> {
    await this.#redis.zadd(WORKERS, await this.#seconds(), worker);
  }

  async leave(worker: string): Promise<void> {
    await this.#redis.zrem(WORKERS, worker);
  }

  /** Workers that gave a sign of life lately and are not in quarantine, in code-unit order. */
  async live(): Promise<string[]> {
    const since = (await this.#seconds()) - GONE_SECONDS;
    await this.#redis.zremrangebyscore(WORKERS, '-inf', `(${since}`);
    const names = await this.#redis.zrange(WORKERS, 0, -1);
    const bad = await this.quarantined();
    return names.filter((name) => !bad.has(name)).toSorted();
  }

  /** Why a worker is in quarantine; `null` where it is not. */
  async quarantineReason(worker: string): Promise<string | null> {
    return this.#redis.hget(QUARANTINE, worker);
  }

  async quarantined(): Promise<ReadonlySet<string>> {
    return new Set(await this.#redis.hkeys(QUARANTINE));
  }

  async quarantine(worker: string, reason: string): Promise<void> {
    await this.#redis.hset(QUARANTINE, worker, reason);
  }

  async #seconds(): Promise<number> {
    const [seconds] = await this.#redis.time();
    return Number(seconds);
  }
}
