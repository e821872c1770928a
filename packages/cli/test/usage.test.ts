import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, runInProcess, startProcess } from './harness.ts';

describe('inspect, of what is no model', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labproof-inspect-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['mnist-cnn.csv', 'history.json'])('shows the history in %s', async (name) => {
    const text = name.endsWith('.csv')
      ? 'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,NA,NA\n1,0.9,0.25,0.875,0.3\n'
      : '{"accuracy": [0.8, 0.9], "loss": [0.5, 0.25], "val_accuracy": [null, 0.875], "val_loss": [null, 0.3]}';
    await writeFile(join(folder, name), text);
    const { exitCode, out } = await runInProcess(['inspect', join(folder, name)], folder);
    expect(exitCode).toBe(0);
    expect(out).toContain('training history, 2 epochs');
    expect(out).toMatch(/2\s+0\.2500\s+0\.9000\s+0\.3000\s+0\.8750/u);
  });

  it.each([
    ['scores.csv', 'a,b\n1,2\n', 'history-unreadable'],
    ['plot.png', 'x', 'answers-format'],
  ])('refuses %s for what it is', async (name, text, code) => {
    await writeFile(join(folder, name), text);
    const { exitCode, out } = await runInProcess(['inspect', join(folder, name)], folder);
    expect(exitCode).toBe(1);
    expect(out).toContain(`[${code}]`);
  });
});

describe('bad usage', () => {
  let cache: string;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'labproof-usage-'));
  });
  afterAll(() => rm(cache, { recursive: true, force: true }));

  it.each([
    ['an unknown lab', ['run', 'image-recogniton'], /Did you mean "image-recognition"/u],
    [
      'an unknown exercise',
      ['run', 'image-recognition/mnist-mlp-rel'],
      /Did you mean "mnist-mlp-relu"/u,
    ],
    ['a target of three parts', ['run', 'a/b/c'], /LAB\/EXERCISE/u],
    ['a seed in letters', ['run', 'image-recognition', '--seed', 'abc'], /whole number/u],
    ['a seed with a fraction', ['run', 'image-recognition', '--seed', '7.5'], /whole number/u],
    ['a negative seed', ['run', 'image-recognition', '--seed', '-1'], /whole number/u],
    [
      'a seed beyond the safe integers',
      ['run', 'image-recognition', '--seed', '99999999999999999999'],
      /whole number/u,
    ],
    ['no trials', ['run', 'image-recognition', '--trials', '0'], /whole number/u],
    ['no threads', ['run', 'image-recognition', '--threads', '0'], /auto, or a whole number/u],
    ['threads in words', ['verify', '--threads', 'all'], /auto, or a whole number/u],
    ['half a thread', ['calibrate', 'image-recognition', '--threads', '1.5'], /whole number/u],
    ['a misspelt option', ['run', 'image-recognition', '--sed', '7'], /Did you mean --seed/u],
    ['an unknown engine', ['run', 'image-recognition', '--engine', 'gpu'], /auto, native, wasm/u],
    ['an unknown command', ['rum'], /Did you mean run/u],
    [
      'an engine that there is not',
      ['run', 'image-recognition', '--engine', 'gpu'],
      /^labproof: --engine gpu: it takes one of auto, native, wasm/u,
    ],
    [
      'no trials, as it was typed',
      ['run', 'image-recognition', '--trials', '0'],
      /^labproof: --trials 0: it takes a whole number of at least 1/u,
    ],
    ['a check without a lab', ['check', '.'], /^labproof: --lab <lab> is missing/u],
    ['a run of nothing', ['run'], /^labproof: <lab\[\/exercise\]> is missing/u],
    [
      'a rule for late hand-ins that says no time',
      ['grade', '.', '--lab', 'image-recognition', '--out', 'x', '--late', 'tomorrow'],
      /"tomorrow" is neither a rule for late hand-ins/u,
    ],
    [
      'results inside a file',
      ['grade', tmpdir(), '--lab', 'image-recognition', '--out', fileURLToPath(import.meta.url)],
      /usage\.test\.ts: it is a file and no folder\.\n/u,
    ],
    [
      'the release of a folder that is not there',
      ['release', '/nowhere'],
      /There is no folder \/nowhere/u,
    ],
    [
      'a port that there cannot be',
      ['review', '.', '--port', '99999'],
      /--port 99999: it takes a whole number from 1 to 65535/u,
    ],
    ['a folder without a model', ['inspect', '/usr'], /it is a folder without a model\.json/u],
    [
      'a file that is not there',
      ['inspect', '/nowhere.h5'],
      /there is no such file or folder \(ENOENT\)\.\n/u,
    ],
    ['a class without --lab', ['grade', '.', '--out', 'x'], /--lab/u],
    [
      'a folder that is not there',
      [
        'grade',
        '/nowhere/at/all',
        '--lab',
        'image-recognition',
        '--out',
        join(tmpdir(), 'labproof-never'),
      ],
      /\/nowhere\/at\/all/u,
    ],
    ['a report of an ungraded folder', ['report', tmpdir()], /no graded submission/u],
    [
      'a calibration of one trial',
      ['calibrate', 'image-recognition', '--trials', '1'],
      /at least 2/u,
    ],
    ['an unknown dataset', ['datasets', 'pull', 'mnits'], /mnist/u],
  ])('%s is refused with exit code 2 and a way out', async (_, args, message) => {
    const { exitCode, out, err } = await runInProcess(args, cache);
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
  });

  it('prints help on stdout with exit code 0', async () => {
    const { exitCode, out } = await runInProcess(['--help'], cache);
    expect(exitCode).toBe(0);
    for (const command of [
      'labs',
      'run',
      'calibrate',
      'grade',
      'check',
      'pack',
      'export',
      'report',
      'datasets',
      'doctor',
      'demo',
    ]) {
      expect(out).toContain(`  ${command}`);
    }
  });

  it('says what to do when there is no network on first use', async () => {
    const outcome = await outcomeOf(
      startProcess(['run', 'image-recognition/mnist-mlp-relu', '--epochs', '1'], {
        LABPROOF_DATA: join(cache, 'no-data'),
        LABPROOF_CACHE: join(cache, 'no-trials'),
        // A closed port on this machine stands for a network that is not there.
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_fetch_retries: '0',
      }),
    );
    expect(outcome.exitCode).toBe(2);
    expect(outcome.err).toMatch(/datasets (?:pull|add)/u);
    expect(outcome.err).toContain('LABPROOF_DATA');
  });
});
