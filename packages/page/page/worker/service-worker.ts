import { cacheName } from './cache-name.ts';

/** What is used of a service worker's global scope. */
declare const self: {
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    type: 'install' | 'activate' | 'message',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: {
      readonly request: Request;
      respondWith(response: Promise<Response>): void;
    }) => void,
  ): void;
};

const folder = self.registration.scope;
const name = cacheName(folder);
/** Names by which the content of the folder is known, which changes; every other name holds a digest of its content. */
const CHANGING = new Set(['', 'index.html', 'site.json']);

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
// A page that was loaded past this one asks for it.
self.addEventListener('message', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(folder)) return;
  const path = pathOf(request.url);
  event.respondWith(CHANGING.has(path) ? newest(request, path) : kept(request, path));
});

/** What the server has; where there is no way to it, what it had. */
async function newest(request: Request, path: string): Promise<Response> {
  const key = new URL(path === 'index.html' ? '' : path, folder).href;
  const cache = await open();
  try {
    // Past what the browser may have kept for some minutes: the page and what it says of its folder belong together.
    const response = await fetch(request, { cache: 'no-cache' });
    await keep(cache, key, response, path === 'site.json' ? 'json' : 'html');
    return response;
  } catch (error) {
    const before = await cache?.match(key);
    if (before !== undefined) return before;
    throw error;
  }
}

/** What was loaded once stays; storage that is full keeps nothing and stops nothing. */
async function kept(request: Request, path: string): Promise<Response> {
  // Without what a reader that is loaded again adds to its address.
  const key = new URL(path, folder).href;
  const cache = await open();
  const before = await cache?.match(key);
  if (before !== undefined) return before;
  // Several workers ask for one script at a time.
  const coming = onTheWay.get(key) ?? fetchAndKeep(request, key);
  onTheWay.set(key, coming);
  return (await coming).clone();
}

const onTheWay = new Map<string, Promise<Response>>();

async function fetchAndKeep(request: Request, key: string): Promise<Response> {
  try {
    const response = await fetch(request);
    await keep(await open(), key, response, 'other');
    return response;
  } finally {
    onTheWay.delete(key);
  }
}

/** Keeps an answer, but for the page of a platform that asks who one is, which stands in the place of any file. */
async function keep(
  cache: Cache | null,
  key: string,
  response: Response,
  kind: 'html' | 'json' | 'other',
): Promise<void> {
  const isHtml = (response.headers.get('Content-Type') ?? '').includes('html');
  if (!response.ok || response.redirected || isHtml !== (kind === 'html')) return;
  await cache?.put(key, response.clone()).catch(() => undefined);
}

async function open(): Promise<Cache | null> {
  return caches.open(name).catch(() => null);
}

function pathOf(url: string): string {
  return new URL(url).pathname.slice(new URL(folder).pathname.length);
}
