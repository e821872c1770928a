import { reasonOf } from '@labproof/core';
import { Redis } from 'ioredis';
import type { QueueAddress, RedisConnection } from './address.ts';
import { queueError } from './errors.ts';

/** Keys of Labproof in Redis begin so; access rules can be written for `labproof:*`. */
export const KEY_PREFIX = 'labproof';

/** The one queue: trials and submissions wait in it together, so that a worker has one number of jobs side by side. */
export const QUEUE_NAME = 'work';

/** Milliseconds for the first connection; afterwards Redis may go away and come back for as long as it likes. */
const CONNECT_MS = 10_000;

/** Connections that outlive a restart of Redis: commands wait, and are sent when it is back. */
export function lastingOptions(address: QueueAddress): RedisConnection & {
  maxRetriesPerRequest: null;
  retryStrategy: (times: number) => number;
} {
  return {
    ...address.connectionOptions(),
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 50, 2000),
  };
}

/**
 * Opens a connection and asks whether Redis answers. Throws `queue-unreachable`, with what Redis or the network said
 * and without the password.
 */
export async function openRedis(address: QueueAddress): Promise<Redis> {
  const options = address.connectionOptions();
  const probe = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let said = '';
  probe.on('error', (error: Error) => {
    said = error.message;
  });
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const why = said || reasonOf(error);
    throw queueError('queue-unreachable', {
      message: `Redis at ${address} cannot be used: ${address.redact(why)}.`,
      fix: 'Check that it runs, that this machine may reach it, and the account in the address.',
    });
  } finally {
    probe.disconnect();
  }
  const lasting = new Redis(lastingOptions(address));
  // Without a listener an outage would end the process; ioredis connects again by itself.
  lasting.on('error', () => undefined);
  return lasting;
}
