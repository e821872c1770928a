import { FOLDER } from './folder.ts';
import { cacheName } from './worker/cache-name.ts';

/** The storage that keeps what was loaded is full, or may not be used; everything works, and is loaded again next time. */
export type KeptState = 'kept' | 'full' | 'none';

let state: KeptState = 'kept';

/** Whether what was loaded is kept. */
export function keptState(): KeptState {
  return state;
}

/** A file of the page's folder, kept by the browser where it can be. Throws where it cannot be had. */
export async function load(path: string): Promise<Uint8Array> {
  const address = new URL(path, FOLDER).href;
  const cache = await openCache();
  const before = await cache?.match(address).catch(() => undefined);
  if (before !== undefined) return bytesOf(before);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${path}: the server answers ${response.status}`);
  const copy = response.clone();
  const bytes = await bytesOf(response);
  try {
    await cache?.put(address, copy);
  } catch {
    state = 'full';
  }
  return bytes;
}

/** Forgets a file that is not what it should be, so that it is loaded again. */
export async function forget(path: string): Promise<void> {
  const cache = await openCache();
  await cache?.delete(new URL(path, FOLDER).href).catch(() => false);
}

async function openCache(): Promise<Cache | null> {
  if (!('caches' in globalThis)) {
    state = 'none';
    return null;
  }
  try {
    return await caches.open(cacheName(FOLDER));
  } catch {
    state = 'full';
    return null;
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
