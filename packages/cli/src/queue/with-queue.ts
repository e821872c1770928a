import type { OpenQueue } from '@labproof/queue';
import type { Context } from '../program/context.ts';
import { queueAddress } from './address.ts';
import { fileStore } from './file-store.ts';
import { queuePackage } from './load.ts';
import { asksForQueue, type QueueWorkFlags } from './options.ts';
import { cliError } from '../errors.ts';

/** Runs with the queue that was asked for, or with `null`, and closes it. */
export async function withQueue<T>(
  context: Context,
  flags: QueueWorkFlags,
  run: (queue: OpenQueue | null) => Promise<T>,
): Promise<T> {
  if (!asksForQueue(flags)) return run(null);
  if (flags.engine !== 'auto') {
    throw cliError('queue-engine', {
      message: `--engine ${flags.engine} cannot be had from the workers: each uses the best engine that it has.`,
      fix: 'Leave --engine out; the results are the same.',
    });
  }
  const { openQueue } = await queuePackage();
  const queue = await openQueue({
    address: await queueAddress(context, flags),
    store: await fileStore(context, flags),
    recheck: flags.recheck ?? 0,
    cancelOnInterrupt: flags.onInterrupt === 'cancel',
    onNotice: (message) => context.err(`queue: ${message}\n`),
  });
  try {
    const workers = await queue.workers();
    context.err(
      workers.length === 0
        ? 'queue: no worker is there yet; start one with "labproof worker"\n'
        : `queue: ${workers.length} ${workers.length === 1 ? 'worker' : 'workers'} (${workers.join(', ')})\n`,
    );
    return await run(queue);
  } finally {
    await queue.close();
  }
}
