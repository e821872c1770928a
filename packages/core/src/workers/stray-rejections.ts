import { setImmediate as nextTurn } from 'node:timers/promises';

/** How a process is told of what nobody caught. */
const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Runs something that reads what strangers wrote, by libraries that leave promises behind which nobody looks at: one of them
 * that is rejected ends the process otherwise, although the reading itself has an answer. Listeners that libraries have
 * installed are put aside meanwhile, and come back afterwards. What `run` itself throws is thrown on.
 */
export async function withoutStrayRejections<T>(run: () => Promise<T>): Promise<T> {
  const before = process.listeners('unhandledRejection');
  const others = process.listeners('uncaughtException');
  for (const event of EVENTS) process.removeAllListeners(event);
  const ignore = (): void => undefined;
  process.on('unhandledRejection', ignore);
  try {
    return await run();
  } finally {
    // A rejection is told once everything that waits has had its turn.
    await nextTurn();
    process.removeAllListeners('unhandledRejection');
    for (const listener of before) process.on('unhandledRejection', listener);
    for (const listener of others) process.on('uncaughtException', listener);
  }
}
