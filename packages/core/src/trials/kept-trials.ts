import type { Dataset } from '../datasets/dataset.ts';
import { hashOf } from '../digest.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { threadExecutor } from './thread-executor.ts';
import { type DamagedFile, type FinishedTrial, TrialCache } from './trial-cache.ts';
import { isTfjsEngine, type TrialEngineName } from './trial-engine.ts';
import { trialKey } from './trial-key.ts';
import type { TrialJob } from './worker-messages.ts';

type OnDamaged = (damage: DamagedFile) => void;

/** Trials that are kept. */
interface KeptTrials {
  readonly whole: readonly (readonly [key: string, trial: FinishedTrial])[];
  /** Trials of older versions, with their files. */
  readonly unchecked: readonly {
    readonly job: TrialJob;
    readonly trial: FinishedTrial;
    readonly file: string;
  }[];
}

/** What the cache has of some trials; what is damaged is told and counts as absent. */
export async function findKeptTrials(
  jobs: readonly TrialJob[],
  cache: TrialCache,
  { engine, onDamaged }: { engine: TrialEngineName; onDamaged?: OnDamaged | undefined },
): Promise<KeptTrials> {
  const whole: [string, FinishedTrial][] = [];
  const unchecked: KeptTrials['unchecked'][number][] = [];
  for (const job of jobs) {
    const kept = await cache.lookUp(job.key);
    // A trial without the landmarks that are asked for is as good as none.
    const enough = job.landmarks !== true;
    if (kept.kind === 'damaged') onDamaged?.(kept.damage);
    else if (kept.kind === 'whole' && (enough || kept.trial.result.landmarks !== undefined)) {
      whole.push([job.key, kept.trial]);
      continue;
    } else if (kept.kind === 'unchecked' && enough && !isTfjsEngine(engine)) {
      unchecked.push({ job, trial: kept.trial, file: kept.file });
      continue;
    }
    const damage = await cache.damagedCheckpoint(job.key);
    if (damage !== null) onDamaged?.(damage);
  }
  return { whole, unchecked };
}

/** Of some seeds those whose trials Labproof's own arithmetic has left in a cache, whole or unchecked. */
export async function findKeptSeeds(
  cacheDirectory: string,
  { seeds, ...identity }: { recipe: Recipe; dataDigest: string; seeds: readonly number[] },
): Promise<number[]> {
  const cache = new TrialCache(cacheDirectory);
  const kept: number[] = [];
  for (const seed of seeds) {
    const { kind } = await cache.lookUp(trialKey({ ...identity, seed }));
    if (kind === 'whole' || kind === 'unchecked') kept.push(seed);
  }
  return kept;
}

/** Looks on this machine whether trials of older versions are what their weights give, and trains those that are not. */
export async function recheckTrials(
  unchecked: KeptTrials['unchecked'],
  options: {
    readonly dataset: Dataset;
    readonly engine: TrialEngineName;
    readonly jobs: number;
    readonly onDamaged?: OnDamaged | undefined;
    readonly signal?: AbortSignal | undefined;
    cache: TrialCache;
    keep: (key: string, trial: FinishedTrial, cached: boolean) => void;
  },
): Promise<void> {
  if (unchecked.length === 0) return;
  const { cache, keep, signal } = options;
  const byKey = new Map(unchecked.map((entry) => [entry.job.key, entry]));
  await threadExecutor.train({
    trials: unchecked.map(({ job }) => ({ ...job, unchecked: true })),
    dataset: options.dataset,
    engine: options.engine === 'cuda' ? 'auto' : options.engine,
    jobs: options.jobs,
    cache,
    async onFinished(key) {
      const finished = await cache.read(key);
      const before = byKey.get(key);
      if (finished === null || before === undefined) return;
      const same = content(before.trial) === content(finished);
      const reason = 'it is not what its recipe and its weights give';
      if (!same) options.onDamaged?.({ file: before.file, reason });
      keep(key, finished, same);
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What a check does not add to a trial. */
function content({ result }: FinishedTrial): string {
  const { digest, initialDigest, history, test } = result;
  return hashOf({ digest, initialDigest, history, loss: test.loss, accuracy: test.accuracy });
}
