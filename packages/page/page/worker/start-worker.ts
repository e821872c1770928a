/**
 * Starts a worker that runs a script of the page's folder. Its own address is a `blob:`, so that it inherits the content
 * security policy of the page: a worker from an address of a server has the policy that the server sends, if any.
 */
export function startWorker(script: string): Worker {
  const address = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(script)};`], { type: 'text/javascript' }),
  );
  const worker = new Worker(address, { type: 'module' });
  // Not before the worker has read it.
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
