import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasRedis, RedisServer, without } from '../../queue/test/support/redis-server.ts';
import { until } from '../../queue/test/support/until.ts';
import { BARS, writeBarsFiles } from './bars-lab.ts';
import { type Outcome, runInProcess, startProcess } from './harness.ts';

describe.skipIf(!hasRedis)(`work over a queue${without}`, () => {
  let redis: RedisServer;
  let lab: string;
  let queue: string[];
  const workers: ChildProcess[] = [];
  const said: string[] = [];
  const run = (cache: string, ...args: string[]): Promise<Outcome> =>
    runInProcess(['--labs', lab, ...args], join(redis.folder, cache));

  async function startWorker(name: string, threads: string): Promise<void> {
    const shares = ['--jobs', '1', '--threads', threads];
    const child = startProcess(['--labs', lab, 'worker', ...queue, '--name', name, ...shares], {
      LABPROOF_CACHE: join(redis.folder, `cache-${name}`),
    });
    workers.push(child);
    await new Promise<void>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said.push(text);
        if (text.includes('side by side')) resolve();
      });
      child.once('exit', () => reject(new Error(`the worker ${name} ended: ${said.join('')}`)));
    });
  }

  beforeAll(async () => {
    redis = new RedisServer();
    await redis.start();
    vi.stubEnv('LABPROOF_DATA', join(redis.folder, 'data'));
    lab = join(redis.folder, 'labs', 'bars');
    await mkdir(lab, { recursive: true });
    await writeFile(join(lab, 'lab.json'), JSON.stringify(BARS));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    await writeBarsFiles(join(redis.folder, 'bars'));
    await run('cache', 'datasets', 'add', 'bar-images', join(redis.folder, 'bars'));
    const file = join(redis.folder, 'queue');
    // Redis takes a password for the default account once it has one.
    const client = redis.client();
    await client.config('SET', 'requirepass', 'bitter-almond');
    client.disconnect();
    await writeFile(file, `unix://:bitter-almond@localhost${redis.socket}\n`);
    queue = ['--queue-file', file, '--files', join(redis.folder, 'files')];
    await Promise.all([startWorker('one', '1'), startWorker('two', 'auto')]);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all(
      workers.map(async (child) => {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        expect(await ended).toEqual([0, null]);
      }),
    );
    await redis.remove();
    expect(said.join('')).not.toContain('bitter-almond');
  });

  it('gives a worker of one job all cores, unless it is to have one thread', () => {
    const cores = availableParallelism();
    const each = cores === 1 ? '' : `, each on ${cores} threads,`;
    expect(said.join('')).toContain('worker one: 1 job side by side from');
    expect(said.join('')).toContain(`worker two: 1 job side by side${each} from`);
  });

  it('gives the digests of this machine, the trials compared on two workers', async () => {
    const trials = ['run', 'bars', '--trials', '6', '--json'];
    const here = await run('here', ...trials);
    const there = await run('there', ...trials, ...queue, '--recheck', '1');
    expect(there).toMatchObject({ exitCode: 0, err: expect.stringContaining('2 workers') });
    expect(there.err + there.out).not.toContain('bitter-almond');
    const digests = (outcome: Outcome) =>
      Array.from(outcome.out.matchAll(/"(?:digest|loss|accuracy)": .*/gu), String);
    expect(digests(there).length).toBeGreaterThan(12);
    expect(digests(there)).toEqual(digests(here));
    expect(said.join('').match(/^trial /gmu)?.length).toBe(12);
  });

  it('grades a class to the same bytes', async () => {
    for (const student of ['amy', 'ben']) {
      await mkdir(join(redis.folder, 'class', student), { recursive: true });
      await writeFile(join(redis.folder, 'class', student, 'answers.md'), `# ${student}\n`);
    }
    const grade = async (out: string, ...flags: string[]): Promise<string> => {
      const at = join(redis.folder, out);
      const classFolder = join(redis.folder, 'class');
      const { err } = await run('c', 'grade', classFolder, '--lab', 'bars', '--out', at, ...flags);
      expect(err).not.toContain('bitter-almond');
      return readFile(join(at, 'grades.json'), 'utf8');
    };
    expect(await grade('there', ...queue)).toBe(await grade('here'));
    expect(said.join('').match(/^submission /gmu)?.length).toBe(2);
  });

  it('calibrates and verifies', async () => {
    const out = join(redis.folder, 'bands');
    const calibration = await run(
      'c',
      'calibrate',
      'bars',
      '--trials',
      '3',
      ...queue,
      '--out',
      out,
    );
    expect(calibration.exitCode, calibration.err).toBe(0);
    for (const [from, folder] of [
      [out, 'bands'],
      [join(out, 'manifests'), 'manifests'],
    ] as const) {
      await mkdir(join(lab, folder), { recursive: true });
      const text = await readFile(join(from, 'bars-mlp.json'), 'utf8');
      await writeFile(join(lab, folder, 'bars-mlp.json'), text);
    }
    const night = await run('c', 'verify', 'bars', ...queue);
    expect(night).toMatchObject({ exitCode: 0, out: expect.stringContaining('identity ok') });
    // A second verification trains anew: no answer of the first is taken.
    const before = said.join('').match(/^trial /gmu)?.length ?? 0;
    await run('c', 'verify', 'bars', ...queue);
    await until(() => (said.join('').match(/^trial /gmu)?.length ?? 0) > before);
    expect(said.join('').match(/^trial /gmu)).toHaveLength(before + 1);
  });

  it('is told when the workers know an older lab', async () => {
    const at = join(redis.folder, 'older');
    const classFolder = join(redis.folder, 'class');
    const outcome = await run('d', 'grade', classFolder, '--lab', 'bars', '--out', at, ...queue);
    expect(outcome).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('[queue-lab-unknown]'),
    });
  });

  it.each([
    [['--queue', 'redis://:bitter-almond@localhost'], 'queue-password-visible'],
    [['--queue', 'localhost'], 'queue-address-invalid'],
    [['--queue'], 'queue-address-missing'],
    [['--queue', 'unix:/nowhere/redis.sock'], 'queue-unreachable'],
    [['--queue', 'unix:/nowhere/redis.sock', '--files', 's3://labs'], 'file-store-account-missing'],
    [['--queue-file', '/nowhere/queue'], 'queue-file-unreadable'],
    [['--queue', 'unix:/nowhere/redis.sock', '--engine', 'wasm'], 'queue-engine'],
  ])('explains what is wrong: %j', async (flags, code) => {
    const outcome = await run('wrong', 'run', 'bars', ...flags);
    expect(outcome).toMatchObject({ exitCode: 2, err: expect.stringContaining(`[${code}]`) });
    expect(outcome.err).not.toContain('bitter-almond');
  });
});
