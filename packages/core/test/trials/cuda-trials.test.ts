import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunTrialsOptions } from '../../src/trials/run-trials.ts';
import { planTraining } from '../../src/index.ts';
import { findAddon } from '../../src/engines/engine-files.ts';
import { nodeArguments } from '../../src/workers/start-module.ts';
import { sideBySide } from '../../src/trials/train-on-device.ts';
import { buildEmulator } from '../engines/cuda/emulator.ts';
import { standInMissing } from '../engines/cuda/on-stand-in.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const script = nodeArguments({ from: import.meta.url, path: './train-in-a-process' });

interface Outcome {
  readonly engine?: string;
  readonly digests?: readonly string[];
  readonly code?: string;
  readonly message?: string;
  readonly fallbacks: readonly string[];
  readonly told: readonly number[];
}

/** Trains in a process of its own: the stand-in of the driver fails for a whole process. */
async function train(
  options: Partial<RunTrialsOptions>,
  environment: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...script, JSON.stringify(options)],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout) as Outcome;
}

const noDriver = { LABPROOF_LIBCUDA: '/nowhere/libcuda.so.1' };

test('without a driver the engine cuda says so, and auto does without it', async () => {
  const code = findAddon().addon === null ? 'engine-not-available' : 'cuda-no-driver';
  expect(await train({ engine: 'cuda' }, noDriver)).toMatchObject({ code });
  const { engine, fallbacks } = await train({ engine: 'auto' }, noDriver);
  expect(['native', 'wasm']).toContain(engine);
  expect(fallbacks).toEqual([]);
});

describe.skipIf(standInMissing !== null)(
  `trials on a GPU, on a stand-in of the driver${standInMissing === null ? '' : ` (not tested: ${standInMissing})`}`,
  () => {
    const driver = (failures: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
      LABPROOF_LIBCUDA: buildEmulator(),
      ...failures,
    });
    /** After the test of the device, in the middle of training. */
    const midway = { LABPROOF_STANDIN_FAIL: 'cuLaunchKernel@900=719' };

    let wasm: Outcome;

    beforeAll(async () => {
      wasm = await train({ engine: 'wasm' }, noDriver);
    });

    test('cuda and auto train there and give the digests of wasm', async () => {
      expect(wasm.digests).toHaveLength(3);
      for (const engine of ['cuda', 'auto'] as const) {
        const trained = await train({ engine }, driver());
        expect(trained).toEqual({ ...wasm, engine: 'cuda', told: expect.any(Array) });
        expect(trained.told.toSorted()).toEqual([1, 2, 3]);
      }
    });

    test('a device that is lost midway ends the work with an error that says so', async () => {
      const { code, message } = await train({ engine: 'cuda' }, driver(midway));
      expect(code).toBe('cuda-device-lost');
      expect(message).toContain('CUDA_ERROR_LAUNCH_FAILED');
    });

    test.each([
      ['a lost device', midway, 'cuda-device-lost'],
      ['a time-out', { LABPROOF_STANDIN_FAIL: 'cuLaunchKernel@900=702' }, 'cuda-time-out'],
      ['too little memory', { LABPROOF_STANDIN_MEMORY: '100000' }, 'cuda-out-of-memory'],
      ['an old driver', { LABPROOF_STANDIN_FAIL: 'cuModuleLoadDataEx@1=222' }, 'cuda-old-driver'],
    ])('after %s another engine goes on if asked, to the same digests', async (_, fail, code) => {
      const trained = await train({ engine: 'cuda', fallback: 'wasm' }, driver(fail));
      expect(trained.fallbacks).toEqual([code]);
      expect(trained.digests).toEqual(wasm.digests);
      expect(trained.told.toSorted()).toEqual([1, 2, 3]);
    });
  },
);

test('as many trials go side by side as fit and as help', () => {
  const plan = planTraining(syntheticRecipe(), syntheticDataset());
  const { memory } = plan.limits;
  const each = memory.total - memory.data;
  expect(sideBySide(plan, 1e12)).toBe(32);
  expect(sideBySide(plan, (memory.data + 5.5 * each) / 0.8)).toBe(5);
  expect(sideBySide(plan, 0)).toBe(1);
});
