import { WorkerHost } from './host.ts';
import { type StartedModule, startThread } from './start-module.ts';
import { reasonOf } from '../errors/reason.ts';

/** Starts a worker thread, which finds `workerData` in `node:worker_threads` and answers through its `parentPort`. */
export function hostThread<Question, Answer, Notice = never>(
  module: StartedModule,
  workerData: unknown,
): WorkerHost<Question, Answer, Notice> {
  const worker = startThread(module, { workerData });
  return new WorkerHost({
    send: (message) => worker.postMessage(message),
    onMessage: (listen) => worker.on('message', listen),
    onEnd(listen) {
      worker.on('error', (cause: unknown) =>
        listen({
          kind: 'ended',
          how: reasonOf(cause),
          signal: null,
          cause,
        }),
      );
      worker.on('exit', (code) =>
        listen({ kind: 'ended', how: `exit code ${code}`, signal: null, cause: null }),
      );
    },
    async stop() {
      await worker.terminate();
    },
  });
}
