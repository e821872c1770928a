import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabproofError, runTrials } from '../../src/index.ts';
import type { RunTrialsOptions } from '../../src/trials/run-trials.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

/** Trains some trials with the options in the first argument, and prints what came of it as JSON. */
const options = JSON.parse(process.argv[2] ?? '{}') as Partial<RunTrialsOptions>;
const fallbacks: string[] = [];
const told: number[] = [];
let outcome: unknown;
try {
  const { engine, trials } = await runTrials({
    recipe: syntheticRecipe({ epochs: 12 }),
    dataset: syntheticDataset(),
    seeds: [1, 2, 3],
    engine: 'cuda',
    jobs: 1,
    cacheDirectory: mkdtempSync(join(tmpdir(), 'labproof-cuda-trials-')),
    onFallback: ({ code }) => fallbacks.push(code),
    onFinished: ({ seed }) => told.push(seed),
    ...options,
  });
  outcome = { engine, digests: trials.map(({ result }) => result.digest) };
} catch (error) {
  if (!(error instanceof LabproofError)) throw error;
  outcome = { code: error.code, message: error.message };
}
process.stdout.write(JSON.stringify({ ...(outcome as object), fallbacks, told }));
