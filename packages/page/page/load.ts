import type { Site } from '../src/site.ts';
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
  await cache?.put(address, copy).catch(noRoom);
  return bytes;
}

/** Forgets a file that is not what it should be, so that it is loaded again. */
export async function forget(path: string): Promise<void> {
  const cache = await openCache();
  await cache?.delete(new URL(path, FOLDER).href).catch(() => false);
}

/**
 * Keeps all of the page, which the browser has loaded before anything could be kept, and forgets what belongs to an earlier
 * edition of it. What cannot be kept is loaded again next time. Says whether all of it is kept; throws without a network.
 */
export async function keepAll({ assets, files }: Site): Promise<boolean> {
  const cache = await openCache();
  if (cache === null) return false;
  let isWhole = true;
  for (const [path, digest] of Object.entries(files)) {
    const address = new URL(path, FOLDER).href;
    const before = await cache.match(address);
    if (before !== undefined && (await digestOf(before)) === digest) continue;
    // Its name changes with its content, so what the browser has of it is as good as what the server has.
    const found = await fetch(address, {
      cache: before === undefined ? 'force-cache' : 'reload',
    });
    if (found.ok && (await digestOf(found.clone())) === digest) {
      await cache.put(address, found).catch(noRoom);
    } else {
      isWhole = false;
      await cache.delete(address);
    }
  }
  for (const path of ['', 'site.json']) {
    const address = new URL(path, FOLDER).href;
    const found = await fetch(address, { cache: 'no-cache' });
    // Of another edition, it is kept with the rest of that.
    if (found.ok && (await found.clone().text()).includes(assets.main)) {
      await cache.put(address, found).catch(noRoom);
    }
  }
  const wanted = new Set(
    ['', 'site.json', ...Object.keys(files)].map((path) => new URL(path, FOLDER).href),
  );
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  return isWhole && state === 'kept';
}

function noRoom(): void {
  state = 'full';
}

async function openCache(): Promise<Cache | null> {
  try {
    // Not over plain http, and not in every frame.
    if ('caches' in globalThis) return await caches.open(cacheName(FOLDER));
  } catch {
    // The browser keeps nothing here.
  }
  state = 'none';
  return null;
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

/** SHA-256, as sixty-four digits. */
async function digestOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await bytesOf(response));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
