import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { cacheFinding } from '../src/doctor/cache.ts';
import { cudaFinding } from '../src/doctor/cuda.ts';
import { engineFindings } from '../src/doctor/engines.ts';
import { nodeFinding, OLDEST_NODE } from '../src/doctor/node.ts';
import { runInProcess } from './harness.ts';

const DoctorSchema = z.object({
  findings: z.array(
    z.strictObject({
      subject: z.string(),
      ok: z.boolean(),
      required: z.boolean(),
      message: z.string().min(1),
      fix: z.string().min(1).nullable(),
    }),
  ),
});

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-doctor-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

function place(path: string, text: string): void {
  const file = join(work, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe('labproof doctor', () => {
  it('looks at everything, and names what mends each thing that is not there', async () => {
    const { exitCode, out, err } = await runInProcess(['doctor', '--json'], join(work, 'cache'));
    expect(exitCode, err).toBe(0);
    const { findings } = DoctorSchema.parse(JSON.parse(out));
    expect(findings.map(({ subject }) => subject)).toEqual([
      'node',
      'engine native',
      'engine wasm',
      'engine cuda',
      'engine tfjs:tensorflow',
      'engine tfjs:wasm',
      'engine tfjs:cpu',
      'GPU with CUDA',
      'dataset mnist',
      'dataset cifar10',
      'browser for PDF',
      'cache',
    ]);
    expect(findings.filter(({ ok, fix }) => ok === (fix !== null))).toEqual([]);
    expect(findings.find(({ subject }) => subject === 'browser for PDF')?.message).toMatch(
      /Chrom\S*\/[0-9.]+ starts$/u,
    );
  });

  it('ends with 1 where something is missing that commands need', async () => {
    place('file', '');
    const { exitCode, out } = await runInProcess(['doctor'], join(work, 'file', 'cache'));
    expect(exitCode).toBe(1);
    expect(out).toMatch(/MISSING cache: .*file is a file, not a folder\n +Set LABPROOF_CACHE/u);
  });

  it('says of a browser that is there and does not start how to get one', async () => {
    place('dead-browser', '#!/bin/sh\nexit 3\n');
    chmodSync(join(work, 'dead-browser'), 0o755);
    vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', join(work, 'dead-browser'));
    const { exitCode, out } = await runInProcess(['doctor'], join(work, 'cache'));
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /absent +browser for PDF: .*does not start.*\n +.*PUPPETEER_EXECUTABLE_PATH/u,
    );
  });
});

describe('the finding about Node.js', () => {
  it.each([
    ['v18.20.8', false],
    ['v20.18.3', false],
    ['v20.19.0', true],
    ['v22.1.0', true],
    ['v24.11.1', true],
  ])('%s: %s', (version, ok) => {
    const finding = nodeFinding(version, 'linux-x64');
    expect(finding).toMatchObject({ ok, required: true });
    expect(finding.fix === null).toBe(ok);
  });

  it('goes by what the package asks for', async () => {
    const manifest: unknown = JSON.parse(
      await readFile(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(manifest).toMatchObject({ engines: { node: `>=${OLDEST_NODE}` } });
  });
});

describe('the findings about the engines', () => {
  it('name a level of the kernels that this processor does not have', async () => {
    const calm = await engineFindings('');
    const [native, wasm] = await engineFindings('avx1024');
    expect(wasm).toEqual(calm[1]);
    // Where no native engine was built the level means nothing.
    if (calm[0]?.ok === true) {
      expect(native).toMatchObject({ ok: false, required: true });
      expect(native?.message).toContain('"avx1024"');
      expect(native?.fix).toContain('unset LABPROOF_KERNEL_LEVEL');
    } else {
      expect(native).toEqual(calm[0]);
    }
  });
});

describe('the finding about the cache', () => {
  it('makes no folder and says how much room there is', async () => {
    const cache = join(work, 'not', 'yet');
    expect(await cacheFinding(cache)).toMatchObject({
      ok: expect.any(Boolean),
      message: expect.stringMatching(/[0-9.]+ GB free$/u),
    });
    await expect(readFile(join(work, 'not'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the finding about a GPU', () => {
  it('says that there is no driver, and that none is needed', () => {
    const finding = cudaFinding(join(work, 'bare'), '');
    expect(finding).toMatchObject({ ok: false, required: false, message: 'no NVIDIA driver' });
    expect(finding.fix).toContain('tfjs-node-gpu@4.22.0');
  });

  it('names GPU and driver, and the libraries that tfjs-node-gpu lacks', () => {
    const driver = 'proc/driver/nvidia';
    place(
      `gpu/${driver}/version`,
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n',
    );
    place(
      `gpu/${driver}/gpus/0000:01:00.0/information`,
      'Model: \t\t NVIDIA A100\nIRQ:   \t\t 35\n',
    );
    place('gpu/usr/local/cuda/lib64/libcudart.so.11.0', '');
    const lacking = cudaFinding(join(work, 'gpu'), '');
    expect(lacking).toMatchObject({
      ok: false,
      message: 'NVIDIA A100, NVIDIA driver 535.104.05, without libcudnn.so.8',
    });
    expect(lacking.fix).toContain('cudnn');
    place('own/libcudnn.so.8.9.7', '');
    expect(cudaFinding(join(work, 'gpu'), join(work, 'own'))).toMatchObject({
      ok: true,
      fix: null,
    });
  });

  it('reads the version of the open driver too', () => {
    place(
      'open/proc/driver/nvidia/version',
      'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build\n',
    );
    expect(cudaFinding(join(work, 'open'), '').message).toContain('NVIDIA driver 550.54.15');
  });
});
