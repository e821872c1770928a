import { once } from 'node:events';
import { join } from 'node:path';
import { runTrials, type TrainedTrial } from '@labproof/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, openQueue } from '../src/index.ts';
import { hasRedis, RedisServer, without } from './support/redis-server.ts';
import { DATASET, RECIPE } from './support/synthetic-lab.ts';
import { until } from './support/until.ts';
import { WorkerCrew } from './support/worker-crew.ts';

describe.skipIf(!hasRedis)(`an interruption${without}`, () => {
  let redis: RedisServer;
  let crew: WorkerCrew;

  /** Trains with a connection of its own, as a command does. */
  async function train(options: {
    epochs: number;
    seeds: number[];
    cancelOnInterrupt?: boolean;
    signal?: AbortSignal;
  }): Promise<TrainedTrial[]> {
    const { epochs, seeds, cancelOnInterrupt = false, signal } = options;
    const queue = await openQueue({
      address: redis.address,
      store: folderStore(join(redis.folder, 'files')),
      recheck: 0,
      cancelOnInterrupt,
      onNotice: () => undefined,
    });
    try {
      const { trials } = await runTrials({
        recipe: { ...RECIPE, epochs },
        dataset: DATASET,
        seeds,
        engine: 'auto',
        jobs: 1,
        cacheDirectory: join(redis.folder, 'client'),
        executor: queue.trials(null),
        ...(signal === undefined ? {} : { signal }),
      });
      return [...trials];
    } finally {
      await queue.close();
    }
  }

  beforeEach(async () => {
    redis = new RedisServer();
    crew = new WorkerCrew(redis.folder);
    await redis.start();
  });
  afterEach(async () => {
    await crew.stop();
    await redis.remove();
  });

  it.each([
    [false, 3],
    [true, 0],
  ])(
    'of a command leaves its jobs to the workers, or takes them out (%s)',
    async (cancel, left) => {
      const controller = new AbortController();
      const seeds = [1, 2, 3];
      const training = train({
        epochs: 1,
        seeds,
        cancelOnInterrupt: cancel,
        signal: controller.signal,
      });
      const outcome = training.catch((error: unknown) => error);
      const client = redis.client();
      await until(async () => (await client.llen('labproof:work:wait')) === 3);
      controller.abort();
      expect(await outcome).toMatchObject({ code: 'trial-interrupted' });
      expect(await client.llen('labproof:work:wait')).toBe(left);
      client.disconnect();
      // Either way the same command goes on where it stopped.
      await crew.add('one');
      expect((await train({ epochs: 1, seeds })).map(({ result }) => result.seed)).toEqual(seeds);
    },
  );

  it('of a worker gives its job back at once, and nobody holds it against the job', async () => {
    // It trains, and answers in no case before it is interrupted.
    const one = await crew.add('one', 'hold-after');
    const training = train({ epochs: 3000, seeds: [1] });
    await crew.heard(/^holds seed 1/u);
    const client = redis.client();
    expect(await client.llen('labproof:work:active')).toBe(1);
    const ended = once(one.child, 'exit');
    one.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await client.llen('labproof:work:active')).toBe(0);
    const two = await crew.add('two');
    expect((await training)[0]?.result.history).toHaveLength(3000);
    const [id] = await client.zrange('labproof:work:completed', 0, 0);
    expect(await client.hget(`labproof:work:${id}`, 'stc')).toBeNull();
    expect(two.lines.join()).toContain('seed 1');
    client.disconnect();
  });
});
