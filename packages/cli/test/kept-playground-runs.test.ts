import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlaygroundConfigSchema, runPlayground } from '@labproof/core/playground';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptPlaygroundRuns } from '../src/training/kept-playground-runs.ts';

describe('kept runs of the playground', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'labproof-kept-runs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const wild = PlaygroundConfigSchema.parse({
    dataset: 'reg-plane',
    activation: 'linear',
    learningRate: 1000,
  });
  const identity = { config: wild, epochs: 60, target: 0.1, seed: 1 };
  const { run } = runPlayground(wild, 1, { epochs: 60, target: 0.1, history: true });

  it('come back as they were, with losses that are no numbers', async () => {
    expect(Number.isFinite(run.testLoss)).toBe(false);
    const kept = new KeptPlaygroundRuns(folder);
    await kept.write(identity, run);
    expect(await kept.read(identity)).toEqual(run);
    for (const other of [{ seed: 2 }, { epochs: 61 }, { target: 0.2 }]) {
      expect(await kept.read({ ...identity, ...other })).toBeNull();
    }
  });

  it('count as absent when a digit of them has changed or they are cut off', async () => {
    const kept = new KeptPlaygroundRuns(folder);
    await kept.write(identity, run);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const name = files.find((file) => file.endsWith('.json')) ?? '';
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const changed = text.replace(/(epochs\D+)60/u, '$161');
    expect(changed).not.toBe(text);
    for (const damaged of [changed, text.slice(0, 100), '']) {
      writeFileSync(path, damaged);
      expect(await kept.read(identity)).toBeNull();
    }
  });
});
