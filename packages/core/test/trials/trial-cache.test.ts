import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  LabproofError,
  runTrial,
  TrialCache,
} from '../../src/index.ts';
import { trialKey } from '../../src/trials/trial-key.ts';
import type { FinishedTrial } from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from '../training/synthetic.ts';

const dataset = syntheticDataset();
const recipe = syntheticRecipe({ epochs: 3 });
const key = trialKey({ recipe, dataDigest: dataset.digest, seed: 4 });

function train(options: Partial<Parameters<typeof runTrial>[0]> = {}): Promise<FinishedTrial> {
  return runTrial({
    kernels: createOracleKernels(),
    plan: planTraining(recipe, dataset),
    dataset,
    seed: 4,
    now: () => 0,
    ...options,
  });
}

function flipBit(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
  return flipped;
}

describe('TrialCache', () => {
  let directory: string;
  let cache: TrialCache;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'labproof-cache-'));
    cache = new TrialCache(directory);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('gives back what it was given', async () => {
    const finished = await train();
    expect(await cache.read(key)).toBeNull();
    await cache.write(key, finished);
    expect(await cache.read(key)).toEqual(finished);
  });

  it('counts an entry with damaged weights, damaged JSON or another key as absent', async () => {
    const finished = await train();
    const folder = join(directory, key.slice(0, 2));
    await cache.write(key, finished);
    await writeFile(join(folder, `${key}.weights`), new Uint8Array(finished.weights.length));
    expect(await cache.read(key)).toBeNull();
    await cache.write(key, finished);
    await writeFile(join(folder, `${key}.json`), '{"key":');
    expect(await cache.read(key)).toBeNull();
    await cache.write(key, finished);
    const other = trialKey({ recipe, dataDigest: dataset.digest, seed: 5 });
    expect(await cache.read(other)).toBeNull();
  });

  it('finds every flipped bit of an entry, metrics and history included, and names the file', async () => {
    await cache.write(key, await train());
    for (const extension of ['json', 'weights']) {
      const path = join(directory, key.slice(0, 2), `${key}.${extension}`);
      const bytes = await readFile(path);
      const step = Math.ceil(bytes.length / 120);
      for (let at = 0; at < bytes.length; at += step) {
        await writeFile(path, flipBit(bytes, at, at % 7));
        const kept = await cache.lookUp(key);
        // What is left after a flip may still say the same: a space for the line feed at the end, for example.
        if (kept.kind === 'whole') expect(kept.trial).toEqual(await train());
        else expect(kept).toMatchObject({ kind: 'damaged', damage: { file: path } });
      }
      await writeFile(path, bytes);
      expect(await cache.lookUp(key)).toMatchObject({ kind: 'whole' });
    }
  });

  it('finds an edited metric, and counts an entry without a checksum as unchecked', async () => {
    await cache.write(key, await train());
    const path = join(directory, key.slice(0, 2), `${key}.json`);
    const entry = JSON.parse(await readFile(path, 'utf8'));
    entry.result.history[1].valAccuracy += 0.01;
    await writeFile(path, JSON.stringify(entry));
    expect(await cache.lookUp(key)).toMatchObject({
      kind: 'damaged',
      damage: { file: path, reason: 'its content does not match its checksum' },
    });
    delete entry.checksum;
    await writeFile(path, JSON.stringify(entry));
    expect(await cache.lookUp(key)).toMatchObject({ kind: 'unchecked', file: path });
    expect(await cache.read(key)).toBeNull();
  });

  it('takes nothing of another build where only that of this one will do', async () => {
    const only = new TrialCache(directory, { hash: 'this', only: true });
    const other = new TrialCache(directory, { hash: 'another', only: false });
    const trial = await train();
    const state = { weights: trial.weights, slots: [], epochs: [], iterations: 0 };
    for (const [before, seen] of [
      [cache, false],
      [other, false],
      [only, true],
    ] as const) {
      await before.write(key, trial);
      expect((await only.read(key)) !== null).toBe(seen);
      expect(await cache.read(key)).toEqual(trial);
      await before.writeCheckpoint(key, { state, seconds: 1 });
      expect((await only.readCheckpoint(key)) !== null).toBe(seen);
      expect(await only.damagedCheckpoint(key)).toBeNull();
      expect((await other.readCheckpoint(key))?.seconds).toBe(1);
    }
    await other.writeCheckpoint(key, { state, seconds: 1 });
    const mine = new TrialCache(directory, { hash: 'this', only: false });
    expect(mine.isOwn(await mine.readCheckpoint(key))).toBe(false);
    // A trial of an older version that was looked at was not trained by whoever looked.
    await only.write(key, trial, false);
    expect(await only.read(key)).toBeNull();
  });

  it('keeps a checkpoint until the trial is finished, and a trial that goes on from it ends the same', async () => {
    const whole = await train();
    let time = 0;
    let saved = 0;
    const interrupted = train({
      // Every look at the clock is ten seconds later, so every epoch is worth a checkpoint.
      now: () => (time += 10),
      onCheckpoint: async (checkpoint) => {
        await cache.writeCheckpoint(key, checkpoint);
        saved += 1;
        if (saved === 2) throw new Error('killed');
      },
    });
    await expect(interrupted).rejects.toThrow('killed');
    const checkpoint = await cache.readCheckpoint(key);
    expect(checkpoint?.state.epochs).toHaveLength(2);
    const resumed = await train({ checkpoint });
    expect(resumed.result.digest).toBe(whole.result.digest);
    expect(resumed.result.history).toEqual(whole.result.history);
    await cache.write(key, resumed);
    expect(await cache.readCheckpoint(key)).toBeNull();
  });

  it('comes to the same weights, history and checkpoints whatever the clock does', async () => {
    const calm = await train();
    const day = 86_400;
    // A clock that is set back a day, then forward two, then stands still.
    const jumps = [0, 10, -day, -day + 10, day, day];
    let looks = 0;
    let saved = 0;
    const jumped = await train({
      now: () => jumps[Math.min(looks++, jumps.length - 1)] ?? 0,
      onCheckpoint: async (checkpoint) => {
        saved += 1;
        await cache.writeCheckpoint(key, checkpoint);
      },
    });
    expect(jumped.result.digest).toBe(calm.result.digest);
    expect(jumped.result.history).toEqual(calm.result.history);
    expect(saved).toBeGreaterThan(0);
    const resumed = await train({ checkpoint: await cache.readCheckpoint(key), now: () => -day });
    expect(resumed.result.digest).toBe(calm.result.digest);
  });

  it('ignores a checkpoint with a flipped bit or of another trial', async () => {
    let time = 0;
    await train({
      now: () => (time += 10),
      onCheckpoint: (checkpoint) => cache.writeCheckpoint(key, checkpoint),
    });
    const folder = join(directory, key.slice(0, 2));
    const path = join(folder, `${key}.checkpoint`);
    const bytes = await readFile(path);
    const flipped = Uint8Array.from(bytes);
    flipped[flipped.length - 3] = (flipped.at(-3) ?? 0) ^ 1;
    await writeFile(path, flipped);
    expect(await cache.readCheckpoint(key)).toBeNull();
    expect(await cache.damagedCheckpoint(key)).toMatchObject({ file: path });
    const edited = bytes.toString('latin1').replace(/"iterations":(\d)/u, '"iterations":9');
    await writeFile(path, Buffer.from(edited, 'latin1'));
    expect(await cache.readCheckpoint(key)).toBeNull();
    const end = bytes.indexOf(0x0a);
    for (let at = 0; at < end; at += 3) {
      await writeFile(path, flipBit(bytes, at, at % 7));
      expect(await cache.readCheckpoint(key)).toBeNull();
    }
    await writeFile(path, bytes);
    expect(await cache.readCheckpoint(key)).not.toBeNull();
    expect(await cache.damagedCheckpoint(key)).toBeNull();
    const other = trialKey({ recipe, dataDigest: 'another', seed: 4 });
    await writeFile(join(folder, `${other}.checkpoint`), bytes);
    expect(await cache.readCheckpoint(other)).toBeNull();
  });

  it('leaves no temporary files and names the directory when it cannot write', async () => {
    await cache.write(key, await train());
    const names = await readdir(join(directory, key.slice(0, 2)));
    expect(names.toSorted()).toEqual([`${key}.json`, `${key}.weights`]);
    const file = join(directory, 'file');
    await writeFile(file, '');
    const blocked = new TrialCache(join(file, 'below'));
    const failure = await blocked.write(key, await train()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LabproofError);
    expect(failure).toMatchObject({ code: 'cache-not-writable', owner: 'instructor' });
  });

  it('sweeps away what a thread of this process has written aside for a trial, and no more', async () => {
    const other = `${key.slice(0, 2)}other`;
    const mine = `${key}.weights.${process.pid}.1.tmp`;
    const kept = [`${key}.json`, `${key}.weights.1.1.tmp`, `${other}.json.${process.pid}.1.tmp`];
    const folder = join(directory, key.slice(0, 2));
    await mkdir(folder);
    for (const name of [mine, ...kept]) await writeFile(join(folder, name), '');
    await cache.sweep(key);
    expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted());
    await expect(cache.sweep('0000')).resolves.toBeUndefined();
  });
});

describe('trialKey', () => {
  it('depends on recipe, data and seed, but not on the order in which options were written', () => {
    const identity = { recipe, dataDigest: 'd', seed: 1 };
    const reordered = Object.fromEntries(Object.entries(recipe).toReversed());
    expect(trialKey({ ...identity, recipe: { ...recipe, ...reordered } })).toBe(trialKey(identity));
    expect(trialKey({ ...identity, seed: 2 })).not.toBe(trialKey(identity));
    expect(trialKey({ ...identity, dataDigest: 'e' })).not.toBe(trialKey(identity));
    expect(trialKey({ ...identity, recipe: { ...recipe, epochs: 4 } })).not.toBe(
      trialKey(identity),
    );
  });
});
