import {
  EVALUATION_ROWS,
  type EvaluationTask,
  joinParts,
  type Predictions,
} from '@labproof/core/browser';
import type { ToPoolWorker } from './protocol.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Test images that a worker evaluates at a time. */
const PART = 5 * EVALUATION_ROWS;

/**
 * Evaluates a network by several workers: each image is computed by itself, so the bits are those of one. `onShare` hears
 * how far it is, from 0 to 1. Throws what a worker threw.
 */
export async function shareEvaluation(
  pool: WorkerPool,
  task: EvaluationTask,
  onShare: (share: number) => void,
): Promise<Predictions> {
  const { split, ...network } = task;
  const size = split.images.length / split.count;
  const parts = Array.from(
    { length: Math.ceil(split.count / PART) },
    (_, part) => (): ToPoolWorker => {
      const from = part * PART;
      const to = Math.min(split.count, from + PART);
      return {
        kind: 'part',
        split: {
          images: split.images.slice(from * size, to * size),
          labels: split.labels.slice(from, to),
          count: to - from,
        },
      };
    },
  );
  let done = 0;
  const replies = await pool.share(parts, {
    before: { kind: 'task', task: network },
    onPart: () => {
      done += 1;
      onShare(done / parts.length);
    },
  });
  return joinParts(
    replies.map((reply) => {
      if (reply.kind !== 'part') throw new Error('a worker answered out of turn');
      return reply.part;
    }),
  );
}
