import { describe, expect, it } from 'vitest';
import {
  createOracleKernels,
  type FinishedTrial,
  planTraining,
  runTrial,
} from '../../src/index.ts';
import { recheckTrial } from '../../src/trials/recheck-trial.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset();

async function kept(changes: Parameters<typeof syntheticRecipe>[0]): Promise<{
  trial: FinishedTrial;
  recheck: (trial: FinishedTrial) => FinishedTrial | null;
}> {
  const plan = planTraining(syntheticRecipe({ epochs: 2, ...changes }), dataset);
  const kernels = createOracleKernels();
  const trial = await runTrial({ kernels, plan, dataset, seed: 3, now: () => 0 });
  return {
    trial,
    recheck: (other) =>
      recheckTrial({ kernels: createOracleKernels(), plan, dataset, trial: other }),
  };
}

describe('a trial that was kept without a checksum', () => {
  it.each([
    { validation: { from: 'split', share: 0.2 } },
    { validation: { from: 'test' } },
    { validation: { from: 'none' } },
    { validation: { from: 'split', share: 0.2 }, labelSmoothing: 0.2 },
  ] as const)('gets its checksum where its weights give what it says: %j', async (changes) => {
    const { trial, recheck } = await kept(changes);
    const { classesDigest: _, ...test } = trial.result.test;
    const old = { ...trial, result: { ...trial.result, test } };
    expect(recheck(old)).toEqual(trial);
  });

  it('is not believed with another loss, accuracy, last validation, start or number of epochs', async () => {
    const { trial, recheck } = await kept({});
    const { result, weights } = trial;
    const { history, test } = result;
    const last = history.at(-1);
    if (last === undefined) throw new Error('a trial without epochs');
    const others: FinishedTrial['result'][] = [
      { ...result, test: { ...test, loss: test.loss + 1e-9 } },
      { ...result, test: { ...test, accuracy: test.accuracy - 1 / 30 } },
      { ...result, history: [...history.slice(0, -1), { ...last, valAccuracy: 0.01 }] },
      { ...result, history: history.slice(0, -1) },
      { ...result, initialDigest: result.digest },
      { ...result, seed: 4 },
    ];
    expect(others.map((other) => recheck({ result: other, weights }))).toEqual(
      others.map(() => null),
    );
  });
});
