import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeStored } from '../../src/datasets/store.ts';
import { temporaryFolder } from './loopback-registry.ts';

const full = vi.hoisted(() => ({ code: 'ENOSPC' }));

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  return {
    ...actual,
    // Files open, and the disk refuses their bytes.
    open: async (...parameters: Parameters<typeof actual.open>) => {
      const file = await actual.open(...parameters);
      file.writeFile = async () => {
        throw Object.assign(new Error(`${full.code}: write`), { code: full.code });
      };
      return file;
    },
  };
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
afterEach(() => folder.remove());

describe('a store that refuses to be written', () => {
  it.each([
    ['ENOSPC', 'dataset-store-full', /No room is left/],
    ['EDQUOT', 'dataset-store-full', /No room is left/],
    ['EROFS', 'dataset-store-unwritable', /cannot be kept/],
  ])('says what %s means and leaves no half-written file', async (code, expected, message) => {
    folder = await temporaryFolder();
    full.code = code;
    const writing = writeStored(folder.path, new Map([['images', new Uint8Array(8)]]));
    await expect(writing).rejects.toMatchObject({
      code: expected,
      owner: 'instructor',
      message: expect.stringMatching(message),
      fix: expect.stringContaining('LABPROOF_DATA'),
    });
    expect(await readdir(folder.path)).toEqual([]);
  });
});
