import { beforeEach, expect, test, vi } from 'vitest';
import { findAddon } from '../../src/engines/engine-files.ts';
import { KERNEL_INTERFACE } from '../../src/engines/kernel-interface.ts';

const { loaded } = vi.hoisted(() => ({ loaded: vi.fn() }));

vi.mock('../../src/engines/prebuilt.ts', () => ({
  findPrebuilt: () => ({ kind: 'absent', name: '@labproof/kernels-none' }),
}));
vi.mock('node:fs', async (original) => ({ ...(await original<object>()), existsSync: () => true }));
vi.mock('node:module', async (original) => ({
  ...(await original<object>()),
  createRequire: () => loaded,
}));

beforeEach(() => {
  loaded.mockReset();
});

test('an addon with the signatures of these sources is taken', () => {
  const addon = { interface: KERNEL_INTERFACE, levels: {}, addressOf: () => 0 };
  loaded.mockReturnValue(addon);
  expect(findAddon()).toEqual({ addon, origin: 'built here', note: null });
});

test.each([
  ['other signatures', { interface: KERNEL_INTERFACE.replace('height', 'width'), levels: {} }],
  ['none, as older ones', { levels: {} }],
])('an addon with %s is left alone, whatever it can do', (_, addon) => {
  loaded.mockReturnValue(addon);
  const reason = 'the native addon was built from other sources than these';
  expect(findAddon()).toEqual({ addon: null, reason });
});

test('an addon that does not load says why', () => {
  const cause = new Error('wrong ELF class');
  loaded.mockImplementation(() => {
    throw cause;
  });
  const reason = 'the native addon does not load: wrong ELF class';
  expect(findAddon()).toEqual({ addon: null, reason, cause });
});
