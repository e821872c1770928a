// Takes 35 s: every command is started and ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, RedisServer, without } from '../../queue/test/support/redis-server.ts';
import { commandLine, type Outcome, outcomeOf, runInProcess, startProcess } from './harness.ts';
import { SilentRegistry, silentBrowser } from './held.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/image-recognition/', import.meta.url));

/** Waits for a line on stderr; a process that ends without it is an error. */
function saying(child: ChildProcess, line: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (line.test(said)) resolve();
    });
    child.on('close', (code) => reject(new Error(`ended with ${code} and said: ${said}`)));
  });
}

/** Nothing here is timed: a command that ignores the signal never ends, and the test says so after this. */
describe('a command that is interrupted', () => {
  let work: string;
  let registry: SilentRegistry;
  let graded: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'labproof-interruption-'));
    registry = new SilentRegistry();
    await registry.start();
    graded = join(work, 'graded');
    for (const name of ['amy', 'ben', 'cem', 'dor']) {
      cpSync(join(FIXTURES, 'answers-missing/submission'), join(work, 'class', name), {
        recursive: true,
      });
    }
    const args = ['grade', join(work, 'class'), '--lab', 'image-recognition', '--out', graded];
    const outcome = await runInProcess(args, join(work, 'cache'));
    expect(outcome.exitCode, outcome.err).toBe(0);
  });
  afterAll(() => {
    registry.stop();
    rmSync(work, { recursive: true, force: true });
  });

  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
    startProcess(args, { LABPROOF_CACHE: join(work, 'cache'), ...env });

  async function endedBy(signal: NodeJS.Signals, child: ChildProcess): Promise<Outcome> {
    const outcome = outcomeOf(child);
    child.kill(signal);
    return outcome;
  }

  function expectInterrupted({ exitCode, err }: Outcome, code = 130): void {
    expect(err).toMatch(/\[(?:command|trial|grading)-interrupted\]/u);
    expect(err).toContain('what to do: Run the same command again');
    expect(exitCode).toBe(code);
  }

  it.each([
    ['run', ['run', 'image-recognition/mnist-mlp-relu', '--epochs', '10000'], /relu …/u],
    [
      'run of a playground',
      ['run', 'image-recognition/playground', '--epochs', '1000000000'],
      /playground …/u,
    ],
    [
      'calibrate',
      ['calibrate', 'image-recognition/mnist-mlp-relu', '--trials', '10000'],
      /relu …/u,
    ],
    ['verify', ['verify', '--full'], / …/u],
  ])('%s ends with 130 in the middle of training', async (name, args, line) => {
    const out = name === 'calibrate' ? ['--out', join(work, 'bands')] : [];
    const child = start([...args, ...out]);
    await saying(child, line);
    expectInterrupted(await endedBy('SIGINT', child));
  });

  it.each([
    ['datasets pull', ['datasets', 'pull', 'mnist']],
    ['check', ['check', join(FIXTURES, 'excellent/submission'), '--lab', 'image-recognition']],
    ['handout', ['handout', 'image-recognition', '--out', 'HERE/handout']],
    ['demo', ['demo', '--out', 'HERE/demo']],
    [
      'inspect',
      [
        'inspect',
        join(FIXTURES, 'excellent/submission/models/mnist-mlp-relu'),
        '--dataset',
        'mnist',
      ],
    ],
  ])('%s ends with 130 while it waits for data', async (_, args) => {
    const asked = registry.asked();
    const there = args.map((arg) => arg.replace('HERE', work));
    const child = start(there, registry.environment(join(work, 'no-data')));
    await Promise.race([asked, saying(child, /never said/u)]);
    expectInterrupted(await endedBy('SIGINT', child));
  });

  it.each([
    ['report', ['report', 'GRADED', '--pdf'], /reports …/u],
    [
      'handout',
      ['handout', 'image-recognition', '--out', 'HERE/handout', '--pdf'],
      /handout.pdf …/u,
    ],
    ['doctor', ['doctor'], /doctor …/u],
  ])('%s ends with 130 while it waits for the browser', async (_, args, line) => {
    const there = args.map((arg) => arg.replace('GRADED', graded).replace('HERE', work));
    const child = start(there, silentBrowser(work));
    await saying(child, line);
    expectInterrupted(await endedBy('SIGINT', child));
    expect(partsIn(work)).toEqual([]);
  });

  it('grade ends with 130 in a terminal, where its own processes hear Ctrl-C too', async () => {
    const out = join(work, 'interrupted');
    const submission = join(FIXTURES, 'excellent/submission');
    const args = ['grade', submission, '--lab', 'image-recognition', '--out', out];
    const [program, ...rest] = commandLine(args);
    const asked = registry.asked();
    const child = spawn(program, rest, {
      env: { ...process.env, ...registry.environment(join(work, 'no-data')) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    await Promise.race([asked, saying(child, /never said/u)]);
    const outcome = outcomeOf(child);
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
    expectInterrupted(await outcome);
    expect(existsSync(join(out, 'grades.json'))).toBe(false);
  });

  it('export ends with 130 between two grades and writes nothing', async () => {
    // The signal comes from the process itself, in the moment in which it says that it begins.
    const hook = `const { stderr } = process; const write = stderr.write.bind(stderr);
      stderr.write = (text, ...rest) => { if (String(text).includes('export …')) process.kill(process.pid, 'SIGINT'); return write(text, ...rest); };`;
    const child = start(['export', graded, '--format', 'csv'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
    });
    expectInterrupted(await outcomeOf(child));
    expect(existsSync(join(graded, 'export'))).toBe(false);
  });

  it('keeps the finished seeds of a playground, and the next run goes on with the others', async () => {
    const cache = join(work, 'kept');
    const args = ['run', 'image-recognition/playground', '--epochs', '300', '--json'];
    const child = start([...args, '--trials', '1000000'], { LABPROOF_CACHE: cache });
    const outcome = outcomeOf(child);
    while (keptIn(cache) < 2 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    expectInterrupted(await outcome);
    const kept = keptIn(cache);
    expect(kept).toBeGreaterThan(1);
    const more = [...args, '--trials', String(kept + 1)];
    const again = await runInProcess(more, cache);
    expect(again.err).toContain(`${kept + 1} trials, ${kept} of them from the cache`);
    const calm = await runInProcess(more, join(work, 'calm'));
    expect(again.out).toBe(calm.out);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s gives %i at once the second time', async (signal, code) => {
    const context = new URL('../src/program/context.ts', import.meta.url);
    const stubborn = `import { processWorld } from '${context.href}';
      processWorld().signal.addEventListener('abort', () => console.error('once'));
      setInterval(() => undefined, 1000); console.error('ready');`;
    const loader = ['--import', 'tsx', '--conditions', '@labproof/source'];
    const second = spawn(process.execPath, [...loader, '--input-type=module', '-e', stubborn], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await saying(second, /ready/u);
    const heard = saying(second, /once/u);
    second.kill(signal);
    await heard;
    second.kill(signal);
    expect((await outcomeOf(second)).exitCode).toBe(code);
  });
});

describe.skipIf(!hasRedis)(`a worker that is stopped${without}`, () => {
  const redis = new RedisServer();
  beforeAll(() => redis.start());
  afterAll(() => redis.remove());

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 0],
  ] as const)('by %s ends with %i', async (signal, code) => {
    const queue = ['--queue', `unix:${redis.socket}`, '--files', join(redis.folder, 'files')];
    const child = startProcess(['worker', ...queue], {
      LABPROOF_CACHE: join(redis.folder, 'cache'),
    });
    await saying(child, /side by side/u);
    const ended = once(child, 'close');
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
  });
});

function partsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.part'),
  );
}

function keptIn(cache: string): number {
  mkdirSync(cache, { recursive: true });
  return readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  ).length;
}
