import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { findAddon } from '../../../src/engines/engine-files.ts';
import { nodeArguments } from '../../../src/workers/start-module.ts';
import { buildEmulator } from './emulator.ts';
import { standInMissing } from './on-stand-in.ts';

const script = nodeArguments({ from: import.meta.url, path: './open-in-a-process' });

/** What opening a GPU comes to under these variables, in a process of its own. */
function openWith(environment: NodeJS.ProcessEnv): { code: string | null; message: string } {
  const env = { ...process.env, ...environment };
  return JSON.parse(execFileSync(process.execPath, script, { encoding: 'utf8', env }));
}

/** The driver's numbers for errors, as `cuda.h` has them. */
const FAILURES: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
  ['cuda-no-device', { LABPROOF_STANDIN_FAIL: 'cuInit@1=100' }],
  ['cuda-no-device', { LABPROOF_CUDA_DEVICE: '3' }],
  ['cuda-old-driver', { LABPROOF_STANDIN_FAIL: 'cuInit@1=35' }],
  ['cuda-old-driver', { LABPROOF_STANDIN_FAIL: 'cuModuleLoadDataEx@1=222' }],
  ['cuda-out-of-memory', { LABPROOF_STANDIN_MEMORY: '100' }],
  ['cuda-time-out', { LABPROOF_STANDIN_FAIL: 'cuLaunchKernel@9=702' }],
  ['cuda-device-lost', { LABPROOF_STANDIN_FAIL: 'cuLaunchKernel@9=719' }],
];

/** The driver is opened by the native addon, which is not there where nothing was compiled. */
const noAddon = findAddon().addon === null;

test.skipIf(!noAddon)('without the native addon it says what is missing', () => {
  const { code, message } = openWith({});
  expect(code).toBe('engine-not-available');
  expect(message).toContain('cuda');
});

test.skipIf(noAddon)('without a driver it says so in one line', () => {
  const { code, message } = openWith({ LABPROOF_LIBCUDA: '/nowhere/libcuda.so.1' });
  expect(code).toBe('cuda-no-driver');
  expect(message).toContain('no NVIDIA driver');
  expect(message).not.toContain('\n');
});

test.skipIf(noAddon)('a library that is no driver is one that is too old', () => {
  const libc = 'libc.so.6';
  const expected = process.platform === 'linux' ? 'cuda-old-driver' : 'cuda-no-driver';
  expect(openWith({ LABPROOF_LIBCUDA: libc }).code).toBe(expected);
});

describe.skipIf(standInMissing !== null)(
  `a GPU on a stand-in of the driver${standInMissing === null ? '' : ` (not tested: ${standInMissing})`}`,
  () => {
    test('opens and is described', () => {
      const found = openWith({ LABPROOF_LIBCUDA: buildEmulator() });
      expect(found).toMatchObject({ code: null, available: true });
      expect(found.message).toContain('stand-in without a GPU, sm_75');
    });

    test.each(FAILURES)('%s under %o', (code, environment) => {
      const found = openWith({ LABPROOF_LIBCUDA: buildEmulator(), ...environment });
      expect(found.code).toBe(code);
    });
  },
);
