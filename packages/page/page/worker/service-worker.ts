import { cacheName } from './cache-name.ts';

/** What is used of a service worker's global scope. */
declare const self: {
  readonly registration: { readonly scope: string };
  readonly location: { readonly origin: string };
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    type: 'install' | 'activate',
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

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(folder)) return;
  const { pathname } = new URL(request.url);
  const path = pathname.slice(new URL(folder).pathname.length);
  event.respondWith(CHANGING.has(path) ? newest(request) : kept(request));
});

/** What the server has; where there is no way to it, what it had. */
async function newest(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone()).catch(() => undefined);
    return response;
  } catch (error) {
    const before = await cache.match(request, { ignoreSearch: true });
    if (before !== undefined) return before;
    throw error;
  }
}

/** What was loaded once stays; storage that is full keeps nothing and stops nothing. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const before = await cache.match(request, { ignoreSearch: true });
  if (before !== undefined) return before;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone()).catch(() => undefined);
  return response;
}
