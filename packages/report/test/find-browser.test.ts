import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSystemBrowser } from '../src/pdf/find-browser.ts';

const NAME = 'google-chrome-stable';

describe('a browser of the system', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labproof-browser-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function browserIn(place: string): Promise<string> {
    const directory = join(folder, place);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, NAME), '#!/bin/sh\n');
    await chmod(join(directory, NAME), 0o755);
    return directory;
  }

  it('is found on the PATH', async () => {
    const bin = await browserIn('opt/bin');
    expect(findSystemBrowser({ PATH: bin }, join(folder, 'home'))).toBe(join(bin, NAME));
  });

  it('is not what lies in the working directory, however the PATH leads there', async () => {
    const planted = [
      await browserIn('eve'),
      await browserIn('eve/bin'),
      // npx puts these in front of the PATH, of the working directory and of every folder above it.
      await browserIn('node_modules/.bin'),
    ];
    const PATH = ['.', 'bin', '', ...planted].join(delimiter);
    const found = findSystemBrowser({ PATH }, join(folder, 'eve'));
    expect(found === null || !found.startsWith(folder)).toBe(true);
    expect([join('.', NAME), join('bin', NAME)]).not.toContain(found);
  });
});
