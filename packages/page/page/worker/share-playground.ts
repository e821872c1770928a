import { type PlaygroundTally, tallyOf } from '@labproof/core/playground';
import type { PlaygroundSettings } from '@labproof/grader';
import type { ToPoolWorker } from './protocol.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Parts that each worker gets: some seeds take longer than others. */
const PARTS_EACH = 4;

/** Runs a playground network by several workers: each seed is run by itself. Throws what a worker threw. */
export async function sharePlayground(
  pool: WorkerPool,
  settings: PlaygroundSettings,
): Promise<PlaygroundTally> {
  const { runs } = settings;
  const each = Math.ceil(runs / (PARTS_EACH * pool.size));
  const parts = Array.from({ length: Math.ceil(runs / each) }, (_, part) => (): ToPoolWorker => ({
    kind: 'seeds',
    settings,
    from: part * each + 1,
    to: Math.min(runs, (part + 1) * each),
  }));
  const replies = await pool.share(parts);
  return tallyOf(
    replies.flatMap((reply) => {
      if (reply.kind !== 'seeds') throw new Error('a worker answered out of turn');
      return reply.runs;
    }),
  );
}
