import { describe, expect, it } from 'vitest';
import { rawZip, type RawEntry } from '../../../../fixtures/hostile/raw-zip.ts';
import { zipMembers } from '../../src/files/zip-archive.ts';

const content = Uint8Array.from({ length: 200_000 }, (_, at) => (at * at) % 251);

/** The one member of an archive, as a view of it, and the archive. */
async function viewed(entry: Partial<RawEntry>): Promise<{ view: Uint8Array; zip: Uint8Array }> {
  // In a buffer of which the archive is a part, as the file of a submission may be.
  const bytes = rawZip([{ name: 'a', content, ...entry }]);
  const zip = new Uint8Array(bytes.length + 10).subarray(5, 5 + bytes.length);
  zip.set(bytes);
  for await (const member of zipMembers(zip)) return { view: await member.view(), zip };
  throw new Error('no member');
}

describe('a member of an archive in memory', () => {
  it('is seen where it lies, if it is stored as it is', async () => {
    const { view, zip } = await viewed({ method: 0 });
    expect(view).toEqual(content);
    expect(view.buffer).toBe(zip.buffer);
  });

  it('is unpacked, if it is packed', async () => {
    const { view, zip } = await viewed({ method: 8 });
    expect(view).toEqual(content);
    expect(view.buffer).not.toBe(zip.buffer);
  });

  it.each([
    ['another checksum', { crc: 1 }, /checksum/u],
    ['fewer bytes than it says', { claims: content.length + 1 }, /smaller|size/iu],
    ['more bytes than it says', { claims: 10 }, /larger|size/iu],
  ])('is refused with %s', async (_, entry, message) => {
    await expect(viewed({ method: 0, ...entry })).rejects.toThrow(message);
  });
});
