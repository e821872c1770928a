import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runInProcess } from './harness.ts';

const TARGET = 'image-recognition/playground';

const RunSchema = z.object({
  exercise: z.literal('playground'),
  config: z.object({ dataset: z.string(), networkShape: z.array(z.int()) }),
  address: z.string(),
  parameters: z.int(),
  epochs: z.int(),
  trials: z.array(
    z.object({
      seed: z.int(),
      trainLoss: z.number(),
      testLoss: z.number(),
      firstUnderTarget: z.int().nullable(),
      digest: z.string().regex(/^[0-9a-f]{64}$/u),
      history: z.array(z.object({ epoch: z.int(), trainLoss: z.number(), testLoss: z.number() })),
    }),
  ),
  summary: z.object({
    success: z.object({
      runs: z.int(),
      successes: z.int(),
      interval: z.tuple([z.number(), z.number()]),
    }),
  }),
});

describe('labproof run on the playground', () => {
  let work: string;
  const run = async (...args: string[]): Promise<z.infer<typeof RunSchema>> => {
    const { exitCode, out, err } = await runInProcess(['run', TARGET, '--json', ...args], work);
    expect(err).not.toContain('labproof:');
    expect(exitCode).toBe(0);
    return RunSchema.parse(JSON.parse(out));
  };

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-playground-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('gives losses, the first epoch under the target, digests and the success rate', async () => {
    const result = await run('--config', 'dataset=gauss', '--trials', '3', '--epochs', '20');
    expect(result.trials.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(result.trials.map(({ history }) => history.length)).toEqual([21, 21, 21]);
    expect(result.summary.success.runs).toBe(3);
    for (const { history, firstUnderTarget } of result.trials) {
      const first = history.slice(1).find(({ testLoss }) => testLoss < 0.1)?.epoch ?? null;
      expect(firstUnderTarget).toBe(first);
    }
    const again = await run('--config', 'dataset=gauss', '--seed', '3', '--epochs', '20');
    expect(again.trials[0]).toEqual(result.trials[2]);
  });

  it('takes the same settings from a file, an address and pairs', async () => {
    const file = join(work, 'config.json');
    await writeFile(file, '{"dataset": "xor", "networkShape": [2], "features": ["x", "y"]}');
    const short = ['--epochs', '2'] as const;
    const fromFile = await run('--config', file, ...short);
    const fromPairs = await run('--config', 'dataset=xor,networkShape=2,features=x,y', ...short);
    const fromAddress = await run('--config', fromFile.address, ...short);
    expect(fromPairs).toEqual(fromFile);
    expect(fromAddress).toEqual(fromFile);
  });

  it('writes a page with decision boundaries, and the runs', async () => {
    const out = join(work, 'out');
    await run('--trials', '2', '--epochs', '3', '--out', out);
    const page = await readFile(join(out, 'playground', 'trials.html'), 'utf8');
    expect(page.match(/<svg[^>]*aria-labelledby="boundary-[12]-title/gu)).toHaveLength(2);
    expect(page).toContain('0 of 2');
    const runs = JSON.parse(await readFile(join(out, 'playground', 'runs.json'), 'utf8'));
    expect(runs.runs).toHaveLength(2);
  });

  it.each([
    [['run', TARGET, '--config', 'netwrokShape=3'], /did you mean "networkShape"/u],
    [['run', TARGET, '--config', '/nowhere/config.json'], /no such file/u],
    [['run', 'image-recognition/mnist-mlp-relu', '--config', 'batchSize=1'], /is none/u],
    [['run', 'image-recognition/playgroud'], /Did you mean "playground"/u],
    [['calibrate', TARGET], /on the playground/u],
  ])('refuses %j with a way out', async (args, message) => {
    const { exitCode, err } = await runInProcess(args, work);
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it('is listed among the exercises', async () => {
    const { out } = await runInProcess(['labs', 'image-recognition', '--json'], work);
    const exercises = JSON.parse(out)[0].exercises as { id: string }[];
    expect(exercises.find(({ id }) => id === 'playground')).toMatchObject({
      dataset: 'spiral',
      parameters: 19,
      epochs: 229,
      bands: null,
    });
  });
});
