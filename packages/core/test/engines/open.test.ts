import { afterEach, describe, expect, test, vi } from 'vitest';
import { findAddon } from '../../src/engines/engine-files.ts';
import { describeEngines, openKernels } from '../../src/engines/open.ts';
import { enginesUnderTest, nativeMissing } from './engines-under-test.ts';

vi.mock(import('../../src/engines/engine-files.ts'), async (original) => {
  const files = await original();
  return { ...files, findAddon: vi.fn(files.findAddon) };
});

afterEach(() => {
  vi.mocked(findAddon).mockClear();
  vi.unstubAllEnvs();
});

function hideAddon(): void {
  vi.mocked(findAddon).mockReturnValueOnce({ addon: null, reason: 'it is hidden' });
}

test('wasm is always there', async () => {
  expect(await openKernels('wasm')).toMatchObject({ engine: 'wasm', level: 'simd128' });
});

test('auto falls back to wasm where the addon is not there', async () => {
  hideAddon();
  expect((await openKernels('auto')).engine).toBe('wasm');
});

test('native where the addon is not there is the instructor’s to mend, with a way to do so', async () => {
  hideAddon();
  await expect(openKernels('native')).rejects.toMatchObject({
    code: 'engine-not-available',
    owner: 'instructor',
    message: 'The engine "native" cannot be used: it is hidden.',
    fix: expect.stringContaining('npm run build'),
  });
});

test('a missing addon is described with its reason and what to do', async () => {
  hideAddon();
  const [native, wasm] = await describeEngines();
  expect(native).toMatchObject({ engine: 'native', available: false, reason: 'it is hidden' });
  expect(native?.fix).toContain('C compiler');
  expect(wasm).toMatchObject({ engine: 'wasm', available: true, levels: ['simd128'] });
});

describe.skipIf(nativeMissing !== null)('with the native addon', () => {
  test('auto takes its best level', async () => {
    const [native] = await describeEngines();
    const kernels = await openKernels('auto');
    expect(kernels.engine).toBe('native');
    expect(kernels.level).toBe(native?.levels[0]);
  });

  test('LABPROOF_KERNEL_LEVEL and the option choose a level', async () => {
    const [native] = await describeEngines();
    const lowest = native?.levels.at(-1) ?? '';
    expect((await openKernels('native', { level: lowest })).level).toBe(lowest);
    vi.stubEnv('LABPROOF_KERNEL_LEVEL', lowest);
    expect((await openKernels('auto')).level).toBe(lowest);
  });

  test('an unknown level is refused by name', async () => {
    await expect(openKernels('native', { level: 'mmx' })).rejects.toMatchObject({
      code: 'engine-level-unknown',
      message: expect.stringContaining('"mmx"'),
    });
  });
});

describe.each(await enginesUnderTest())('memory of $name', ({ kernels }) => {
  test('is zeroed, aligned to 64 bytes, and distinct', () => {
    kernels.reset();
    const pointers = [1, 64, 100, 5_000_000, 7].map((bytes) => {
      const pointer = kernels.allocate(bytes);
      const view = kernels.u8(pointer, bytes);
      expect(pointer % 64).toBe(0);
      expect(view.every((byte) => byte === 0)).toBe(true);
      view.fill(255);
      return pointer;
    });
    expect(new Set(pointers).size).toBe(pointers.length);
    expect(pointers).not.toContain(0);
  });

  test('is zeroed again after a reset', () => {
    kernels.reset();
    kernels.f32(kernels.allocate(4000), 1000).fill(7);
    kernels.reset();
    expect(kernels.f32(kernels.allocate(4000), 1000).every((value) => value === 0)).toBe(true);
  });

  test('views see what kernels wrote', () => {
    kernels.reset();
    const x = kernels.allocate(12);
    kernels.f32(x, 3).set([-1, 2, -3]);
    kernels.relu(x, x, 3);
    expect([...kernels.f32(x, 3)]).toEqual([0, 2, 0]);
    expect([...kernels.f32(x + 4, 1)]).toEqual([2]);
  });
});
