import {
  EVALUATION_ROWS,
  type EvaluatedPart,
  type EvaluationTask,
  joinParts,
  type Predictions,
} from '@labproof/core/browser';
import type { FromEvaluationWorker, ToEvaluationWorker } from './protocol.ts';
import { startWorker } from './start-worker.ts';

/** Test images that a worker evaluates at a time. */
const PART = 5 * EVALUATION_ROWS;

/** Workers that share the evaluation of a network: each image is computed by itself, so the bits are those of one. */
export class SharedEvaluation {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  /** Resolves when all of them are ready. */
  static async start(
    script: string,
    kernels: Uint8Array,
    count: number,
  ): Promise<SharedEvaluation> {
    const workers = Array.from({ length: count }, () => startWorker(script));
    await Promise.all(
      workers.map(async (worker) => {
        await answer(worker);
        await ask(worker, { kind: 'kernels', bytes: kernels });
      }),
    );
    return new SharedEvaluation(workers);
  }

  /** `onShare` hears how far it is, from 0 to 1. Throws what a worker threw. */
  async run(task: EvaluationTask, onShare: (share: number) => void): Promise<Predictions> {
    const { split, ...network } = task;
    const size = split.images.length / split.count;
    const parts: EvaluatedPart[] = [];
    let next = 0;
    let done = 0;
    await Promise.all(
      this.#workers.map(async (worker) => {
        tell(worker, { kind: 'task', task: network });
        while (next < split.count) {
          const from = next;
          const to = Math.min(split.count, from + PART);
          next = to;
          const reply = await ask(worker, {
            kind: 'part',
            split: {
              images: split.images.slice(from * size, to * size),
              labels: split.labels.slice(from, to),
              count: to - from,
            },
          });
          if (reply.kind !== 'part') throw new Error('a worker answered out of turn');
          parts[from / PART] = reply.part;
          done += to - from;
          onShare(done / split.count);
        }
      }),
    );
    return joinParts(parts);
  }
}

function tell(worker: Worker, message: ToEvaluationWorker): void {
  worker.postMessage(message);
}

function ask(worker: Worker, message: ToEvaluationWorker): Promise<FromEvaluationWorker> {
  const reply = answer(worker);
  tell(worker, message);
  return reply;
}

function answer(worker: Worker): Promise<FromEvaluationWorker> {
  return new Promise((resolve, reject) => {
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<FromEvaluationWorker>) =>
        data.kind === 'failed' ? reject(new Error(data.message)) : resolve(data),
      { once: true },
    );
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
  });
}
