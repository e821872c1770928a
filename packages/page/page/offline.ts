import { FOLDER } from './folder.ts';

/** So long a browser that lets no service worker take over is waited for, in milliseconds. */
const PATIENCE = 3000;

/**
 * Resolves when the service worker of this folder answers for the page, before which nothing that workers load is kept:
 * they belong to whoever answered for the page as they were started. `false` where there is none, as in some private
 * windows and over plain http; the page works as well, as long as there is a network.
 */
export async function serviceWorkerAnswers(): Promise<boolean> {
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  if (container === null) return false;
  if (container.controller !== null) return true;
  const address = new URL('service-worker.js', FOLDER);
  try {
    await container.register(address, { scope: FOLDER });
  } catch {
    return false;
  }
  return new Promise((resolve) => {
    container.addEventListener('controllerchange', () => resolve(true), {
      once: true,
    });
    if (container.controller !== null) resolve(true);
    setTimeout(() => resolve(container.controller !== null), PATIENCE);
    // One that is there already does not take over a page that was loaded past it, but when it is asked to.
    void container.ready.then(({ active }) => active?.postMessage('claim'));
  });
}
