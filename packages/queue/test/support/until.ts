import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a state, however long it takes to come; returns what `look` found. */
export async function until<T>(
  look: () => T | false | null | undefined | Promise<T | false | null | undefined>,
): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    await pause(20);
  }
}
