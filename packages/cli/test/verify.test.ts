import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labs } from '@labproof/exercises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runInProcess } from './harness.ts';

const labs = new Labs();

const VerdictSchema = z.enum(['ok', 'drifted', 'broken', 'not-run']);

/** The `verify --json` contract, written here a second time. */
const NightSchema = z.object({
  verdict: VerdictSchema,
  exercises: z.array(
    z.object({
      lab: z.string(),
      exercise: z.string(),
      identity: VerdictSchema,
      fixedSeeds: VerdictSchema,
      freshSeeds: VerdictSchema,
      details: z.array(z.string()),
    }),
  ),
});

describe('labproof verify', () => {
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-verify-'));
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('finds every measured exercise of a lab unchanged, trains anew the next time, and keeps a history', async () => {
    const { exercises } = labs.find('image-recognition');
    const history = join(work, 'deep', 'nights.jsonl');
    const junit = join(work, 'deep', 'junit.xml');
    const page = join(work, 'pages', 'nights.html');
    const night = async (target: string): Promise<z.infer<typeof NightSchema>> => {
      const files = ['--history', history, '--junit', junit, '--page', page];
      const { exitCode, out } = await runInProcess(
        ['verify', target, '--json', ...files],
        join(work, 'cache'),
      );
      expect(exitCode).toBe(0);
      return NightSchema.parse(JSON.parse(out));
    };
    const nights = async (): Promise<unknown[]> =>
      (await readFile(history, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));

    const first = await night('image-recognition');
    expect(first.verdict).toBe('ok');
    // An exercise that was never measured promises nothing that could be broken.
    expect(first.exercises.map(({ exercise, identity }) => [exercise, identity])).toEqual(
      exercises.map(({ id, bands }) => [id, bands === null ? 'not-run' : 'ok']),
    );
    expect(await nights()).toMatchObject([{ date: '2026-11-21', verdict: 'ok' }]);
    const second = await night('image-recognition/mnist-mlp-relu');
    expect(second.exercises.map(({ identity }) => identity)).toEqual(['ok']);
    expect(await nights()).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }]);

    expect(await readFile(junit, 'utf8')).toMatch(
      /^<\?xml .*<testsuite name="image-recognition\//su,
    );
    const html = await readFile(page, 'utf8');
    expect(html).toContain('The last night, 2026-11-21');
    expect(html).toContain('image-recognition/mnist-mlp-relu');
    // A night trains anew: it leaves nothing behind that the next one could mistake for its own work.
    expect(existsSync(join(work, 'cache', 'nights', '2026-11-21'))).toBe(false);
  });

  it('prints digests that do not depend on the engine and are those of the lab', async () => {
    const target = 'image-recognition/mnist-mlp-relu';
    const { bands } = labs
      .find('image-recognition')
      .exercises.find(({ id }) => id === 'mnist-mlp-relu') ?? { bands: null };
    const outputs = new Set<string>();
    for (const engine of ['auto', 'wasm']) {
      const args = ['verify', target, '--digests', '--engine', engine];
      const { exitCode, out, err } = await runInProcess(args, join(work, 'digests'));
      expect(exitCode).toBe(0);
      expect(err).toContain('1 of 1 calibrated exercises give the digest that is stored');
      outputs.add(out);
    }
    const [text = ''] = outputs;
    expect(outputs.size).toBe(1);
    expect(text).toMatch(
      /^[0-9a-f]{64} {2}image-recognition\/mnist-mlp-relu\n[0-9a-f]{64} {2}all/u,
    );
    expect(text).toContain(bands?.prefix?.digest);
  });

  it('does not mix digests with a night', async () => {
    const args = ['verify', '--digests', '--full'];
    const { exitCode, err } = await runInProcess(args, join(work, 'digests'));
    expect(exitCode).toBe(2);
    expect(err).toContain("'--digests' cannot be used with option '--full'");
  });
});
