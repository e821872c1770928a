import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BARS, writeBarsFiles } from './bars-lab.ts';
import { runInProcess } from './harness.ts';

describe('labproof run --engine tfjs', () => {
  let target: string[];
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-cli-tfjs-'));
    vi.stubEnv('LABPROOF_DATA', join(work, 'data'));
    const lab = join(work, 'lab');
    await mkdir(lab);
    await writeFile(join(lab, 'lab.json'), JSON.stringify(BARS));
    await writeFile(join(lab, 'introduction.md'), 'Learn to see bars.\n');
    await writeBarsFiles(join(work, 'files'));
    await runInProcess(['--labs', lab, 'datasets', 'add', 'bar-images', join(work, 'files')], work);
    target = ['--labs', lab, 'run', 'bars/bars-mlp'];
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(work, { recursive: true, force: true });
  });

  it('trains in TensorFlow.js and says so, with the backend and no claim to our arithmetic', async () => {
    const args = [...target, '--engine', 'tfjs:cpu', '--json'];
    const { exitCode, out } = await runInProcess(args, work);
    expect(exitCode).toBe(0);
    const { trials, ...about } = JSON.parse(out);
    expect(about).toMatchObject({ engine: 'tfjs', backend: 'cpu', arithmetic: 'tensorflow.js' });
    const ours = await runInProcess([...target, '--engine', 'wasm', '--json'], work);
    const [own] = JSON.parse(ours.out).trials;
    expect(trials[0].cached).toBe(false);
    expect(own.cached).toBe(false);
    expect(trials[0].initialDigest).toBe(own.initialDigest);
    expect(trials[0].test.loss).toBeCloseTo(own.test.loss, 3);
  });

  it('offers the names that there are for one that is misspelt', async () => {
    const { exitCode, err } = await runInProcess([...target, '--engine', 'tfjs:gpu'], work);
    expect(exitCode).toBe(2);
    expect(err).toContain('tfjs:tensorflow');
  });

  it('never calibrates with TensorFlow.js', async () => {
    const args = ['calibrate', 'image-recognition/mnist-mlp-relu', '--engine', 'tfjs:cpu'];
    const { exitCode, err } = await runInProcess(args, work);
    expect(exitCode).toBe(2);
    expect(err).toContain('auto, native, wasm');
  });
});
