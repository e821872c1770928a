import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NightFolders } from '../src/verification/night-folders.ts';

const TODAY = '2026-11-21';

describe('the folders of nights', () => {
  let nights: string;
  beforeEach(async () => {
    nights = await mkdtemp(join(tmpdir(), 'labproof-nights-'));
  });
  afterEach(() => rm(nights, { recursive: true, force: true }));

  /** A folder as a process that is no more has left it. */
  async function killed(folder: string): Promise<string> {
    const [date, host, , , id] = basename(folder).split('.');
    const left = join(dirname(folder), [date, host, '999999999', '1', id].join('.'));
    await rename(folder, left);
    return left;
  }

  it('belong to one running night each', async () => {
    const [one, other] = [new NightFolders(nights, 'build'), new NightFolders(nights, 'build')];
    const [first, second] = await Promise.all([one.claim(TODAY), other.claim(TODAY)]);
    expect(first).not.toBe(second);
    expect(await one.claim(TODAY)).toBe(first);
    await one.remove(TODAY);
    expect(existsSync(first)).toBe(false);
    expect(existsSync(second)).toBe(true);
  });

  it('are taken over from a killed night of the same date and build, and from no other', async () => {
    const folder = await new NightFolders(nights, 'build').claim(TODAY);
    await writeFile(join(folder, 'trial'), '');
    await killed(folder);
    const others = [
      await new NightFolders(nights, 'another build').claim(TODAY),
      await new NightFolders(nights, 'build').claim('2026-11-22'),
    ];
    for (const other of others) expect(await readdir(other)).toEqual([]);
    const next = await new NightFolders(nights, 'build').claim(TODAY);
    expect(await readdir(next)).toEqual(['trial']);
    // It is gone for everybody else.
    expect(await readdir(await new NightFolders(nights, 'build').claim(TODAY))).toEqual([]);
  });

  it('are given to one of two that want the same', async () => {
    const folder = await new NightFolders(nights, 'build').claim(TODAY);
    await writeFile(join(folder, 'trial'), '');
    await killed(folder);
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => new NightFolders(nights, 'build').claim(TODAY)),
    );
    const contents = await Promise.all(claims.map((claim) => readdir(claim)));
    expect(contents.flat()).toEqual(['trial']);
    expect(new Set(claims).size).toBe(8);
  });

  it('are left to a later night when they are released, and swept when they are old', async () => {
    const night = new NightFolders(nights, 'build');
    await writeFile(join(await night.claim(TODAY), 'trial'), '');
    await night.claim('2026-11-20');
    await night.release();
    const running = await new NightFolders(nights, 'build').claim('2026-11-19');
    const next = new NightFolders(nights, 'build');
    await mkdir(join(nights, 'digests-of-somebody'));
    await next.sweep('2026-11-22', TODAY);
    const left = (await readdir(dirname(running))).map((name) => name.slice(0, 10));
    expect(left.toSorted()).toEqual(['2026-11-19', TODAY]);
    expect(await readdir(await next.claim(TODAY))).toEqual(['trial']);
  });
});
