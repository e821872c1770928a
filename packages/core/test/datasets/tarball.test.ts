import { describe, expect, it } from 'vitest';
import { readTarball } from '../../src/datasets/tarball.ts';
import { packTarball } from './loopback-registry.ts';

describe('readTarball', () => {
  it('takes the wanted files and passes over the others', async () => {
    const archive = await packTarball({
      a: Uint8Array.of(1),
      'deep/b': Uint8Array.of(2, 3),
      c: Uint8Array.of(4),
    });
    const files = await readTarball(archive, (path) => (path.endsWith('b') ? 10 : null));
    expect([...files]).toEqual([['package/deep/b', Buffer.from([2, 3])]]);
  });

  it('refuses a wanted file that is larger than its limit', async () => {
    const archive = await packTarball({ a: new Uint8Array(100) });
    await expect(readTarball(archive, () => 99)).rejects.toMatchObject({
      code: 'dataset-archive-unreadable',
      message: expect.stringContaining(
        'package/a in it is 100 bytes long, and at most 99 were expected',
      ),
    });
  });

  it.each([
    ['cut short', (archive: Buffer) => archive.subarray(0, archive.length - 20)],
    [
      'damaged',
      (archive: Buffer) => Buffer.from(archive.map((byte, i) => (i > 30 && i < 60 ? 0 : byte))),
    ],
    ['no archive', () => Buffer.from('not an archive at all')],
  ])('refuses an archive that is %s', async (_, change) => {
    const archive = change(await packTarball({ a: new Uint8Array(5000).map((_, i) => i * 7) }));
    await expect(readTarball(archive, () => 5000)).rejects.toMatchObject({
      code: 'dataset-archive-unreadable',
    });
  });
});
