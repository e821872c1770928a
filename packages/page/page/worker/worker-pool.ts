import type { CompiledKernels } from '@labproof/core/browser';
import type { FromPoolWorker, ToPoolWorker } from './protocol.ts';
import { startWorker } from './start-worker.ts';

/** Workers that share what can be computed in parts. Each has one part at a time. */
export class WorkerPool {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  /** Resolves when all of them are ready. */
  static async start(script: string, kernels: CompiledKernels, count: number): Promise<WorkerPool> {
    const workers = Array.from({ length: count }, () => startWorker(script));
    await Promise.all(
      workers.map(async (worker) => {
        await answer(worker);
        await ask(worker, { kind: 'kernels', kernels });
      }),
    );
    return new WorkerPool(workers);
  }

  get size(): number {
    return this.#workers.length;
  }

  /**
   * Has every part computed by whoever is free and gives the replies in the order of the parts. `before` goes to every worker
   * first. Throws what a worker threw, when no worker has anything left to answer.
   */
  async share(
    parts: readonly (() => ToPoolWorker)[],
    { before, onPart }: { before?: ToPoolWorker; onPart?: (part: number) => void } = {},
  ): Promise<FromPoolWorker[]> {
    const replies: FromPoolWorker[] = [];
    const faults: unknown[] = [];
    let next = 0;
    await Promise.all(
      this.#workers.map(async (worker) => {
        try {
          if (before !== undefined && parts.length > 0) worker.postMessage(before);
          while (faults.length === 0) {
            const part = next;
            const message = parts[part];
            if (message === undefined) return;
            next += 1;
            replies[part] = await ask(worker, message());
            onPart?.(part);
          }
        } catch (error) {
          faults.push(error);
        }
      }),
    );
    if (faults.length > 0) throw faults[0];
    return replies;
  }
}

function ask(worker: Worker, message: ToPoolWorker): Promise<FromPoolWorker> {
  const reply = answer(worker);
  worker.postMessage(message);
  return reply;
}

/** The next message of a worker. */
function answer(worker: Worker): Promise<FromPoolWorker> {
  return new Promise((resolve, reject) => {
    const heard = new AbortController();
    const once = { signal: heard.signal };
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<FromPoolWorker>) => {
        heard.abort();
        if (data.kind === 'failed') reject(new Error(data.message));
        else resolve(data);
      },
      once,
    );
    worker.addEventListener(
      'error',
      (event) => {
        heard.abort();
        reject(new Error(event.message));
      },
      once,
    );
  });
}
