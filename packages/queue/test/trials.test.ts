// Takes 35 s: forty trials are trained again and again.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTrials, type TrialResult } from '@labproof/core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, isRechecked, type OpenQueue, openQueue } from '../src/index.ts';
import { hasRedis, RedisServer, without } from './support/redis-server.ts';
import { DATASET, RECIPE } from './support/synthetic-lab.ts';
import { until } from './support/until.ts';
import { linesOf, WorkerCrew } from './support/worker-crew.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

describe.skipIf(!hasRedis)(`trials over worker processes${without}`, () => {
  let alone: TrialResult[];
  let redis: RedisServer;
  let crew: WorkerCrew;
  let queue: OpenQueue | undefined;
  const notices: string[] = [];

  /** Without the time that a training took, which is nobody's to promise. */
  const timeless = (results: readonly TrialResult[]) =>
    results.map((result) => ({ ...result, seconds: 0, cached: false }));

  async function train(
    folder: string,
    options: { seeds?: number[]; epochs?: number; recheck?: number; scope?: string } = {},
  ): Promise<TrialResult[]> {
    queue ??= await openQueue({
      address: redis.address,
      store: folderStore(join(redis.folder, 'files')),
      recheck: options.recheck ?? 0,
      onNotice: (notice) => notices.push(notice),
    });
    const { trials } = await runTrials({
      recipe: { ...RECIPE, epochs: options.epochs ?? RECIPE.epochs },
      dataset: DATASET,
      seeds: options.seeds ?? seeds,
      engine: 'auto',
      jobs: 1,
      cacheDirectory: join(redis.folder, folder),
      executor: queue.trials(options.scope ?? null),
    });
    return trials.map(({ result }) => result);
  }

  beforeAll(async () => {
    const place = new RedisServer();
    try {
      const { trials } = await runTrials({
        recipe: RECIPE,
        dataset: DATASET,
        seeds,
        engine: 'auto',
        jobs: 2,
        cacheDirectory: join(place.folder, 'alone'),
      });
      alone = trials.map(({ result }) => result);
    } finally {
      await place.remove();
    }
  });
  beforeEach(async () => {
    redis = new RedisServer();
    crew = new WorkerCrew(redis.folder);
    notices.length = 0;
    await redis.start();
  });
  afterEach(async () => {
    await queue?.close();
    queue = undefined;
    await crew.stop();
    await redis.remove();
  });

  it('give what one process gives, on three workers, each job once', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => crew.add(name)));
    expect(timeless(await train('client'))).toEqual(timeless(alone));
    const done = crew.members.flatMap((member) => linesOf(member, /^trial/u));
    expect(done.length).toBe(40);
    expect(crew.members.every(({ lines }) => lines.length > 0)).toBe(true);
    // Another command that asks for the same gets the answers that are there.
    expect(timeless(await train('other-client'))).toEqual(timeless(alone));
    const again = crew.members.flatMap((member) => linesOf(member, /^trial/u));
    expect(again.length).toBe(40);
  });

  it('join what another command has under way, and are trained anew in a scope of their own', async () => {
    await crew.add('one');
    const few = seeds.slice(0, 4);
    const both = await Promise.all([train('a', { seeds: few }), train('b', { seeds: few })]);
    expect(timeless(both[0])).toEqual(timeless(both[1]));
    expect(crew.members[0]?.lines.length).toBe(4);
    await train('c', { seeds: few, scope: 'night' });
    expect(crew.members[0]?.lines.length).toBe(8);
  });

  it('lose and double nothing when a worker and Redis are killed while all of them have work', async () => {
    const [victim, ...others] = await Promise.all(
      ['one', 'two', 'three'].map((name) => crew.add(name, 'hold-before')),
    );
    const training = train('client');
    await crew.allHeard(/^holds seed/u);
    const client = redis.client();
    await until(async () => (await client.llen('labproof:work:wait')) === 37);
    expect(await client.llen('labproof:work:active')).toBe(3);
    if (victim !== undefined) await crew.kill(victim);
    await redis.kill();
    // The others finish what they have while there is nobody to be told.
    crew.release();
    await until(() => others.every((member) => linesOf(member, /^trial/u).length > 0));
    await redis.start();
    expect(timeless(await training)).toEqual(timeless(alone));
    expect(await client.zcard('labproof:work:completed')).toBe(40);
    expect(await client.zcard('labproof:work:failed')).toBe(0);
    client.disconnect();
  });

  it('end as broken with the last words where they end their worker twice, and the rest goes on', async () => {
    const [one, two] = await Promise.all([crew.add('one', 'die'), crew.add('two', 'die')]);
    const training = train('client', { seeds: [1, 2, 3, 4, 5, 6] });
    const outcome = training.catch((error: unknown) => error);
    await Promise.all([one, two].map(({ child }) => once(child, 'exit')));
    const healthy = await crew.add('healthy');
    expect(await outcome).toMatchObject({
      code: 'queue-job-ended-workers',
      owner: 'us',
      message: expect.stringMatching(/Last heard: (?:one|two) began, .*; (?:one|two) began/u),
    });
    expect(healthy.lines.join()).not.toContain('seed 3');
    // What the others have trained is in the cache already: nobody is needed for it.
    await crew.stop();
    const rest = await train('client', { seeds: [1, 2, 4, 5, 6] });
    expect(rest.every(({ cached }) => cached)).toBe(true);
  });

  it('find the worker that flips one bit, and run its other trials again', async () => {
    await Promise.all([crew.add('good'), crew.add('better'), crew.add('bad', 'flip')]);
    expect(timeless(await train('client', { recheck: 0.5 }))).toEqual(timeless(alone));
    expect(notices.some((notice) => notice.startsWith('worker bad computes wrongly'))).toBe(true);
    expect(notices.some((notice) => /worker (?:good|better) computes/u.test(notice))).toBe(false);
    const bad = await crew.heard(/quarantine/u);
    expect(bad.name).toBe('bad');
    const client = redis.client();
    expect(await client.hkeys('labproof:quarantine')).toEqual(['bad']);
    client.disconnect();
  });

  it('are refused by workers that do not know the lab', async () => {
    await crew.add('stranger', 'stranger');
    await expect(train('client', { seeds: [1, 2] })).rejects.toMatchObject({
      code: 'queue-lab-unknown',
      message: expect.stringContaining('stranger'),
    });
  });

  it('stand in Redis without weights, and files are whole or not there', async () => {
    await crew.add('one');
    const [result] = await train('client', { seeds: [1] });
    const digest = result?.digest ?? '';
    expect(existsSync(join(redis.folder, 'files/weights', digest.slice(0, 2), digest))).toBe(true);
    const client = redis.client();
    const [id] = await client.zrange('labproof:work:completed', 0, 0);
    const job = JSON.stringify(await client.hgetall(`labproof:work:${id}`));
    expect(job).toContain(digest);
    expect(job.length).toBeLessThan(12_000);
    client.disconnect();
  });
});

describe('the choice of trials that are run twice', () => {
  it('is about the share that was asked for, and always the same', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `trial-${index}`);
    const chosen = keys.filter((key) => isRechecked(key, 0.05));
    expect(chosen.length).toBeGreaterThan(60);
    expect(chosen.length).toBeLessThan(140);
    expect(keys.filter((key) => isRechecked(key, 0.05))).toEqual(chosen);
    expect(keys.every((key) => isRechecked(key, 1))).toBe(true);
    expect(keys.some((key) => isRechecked(key, 0))).toBe(false);
  });
});
