import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPrebuilt, kernelPlatform } from '../../src/engines/prebuilt.ts';
import { sourcesDigest } from '../../src/engines/sources-digest.ts';

const PLATFORM = 'plan9-x64';
const NAME = '@labproof/kernels-plan9-x64';
const BYTES = Buffer.from('an addon');
const sha256 = createHash('sha256').update(BYTES).digest('hex');

let beside: string;
beforeEach(() => {
  beside = mkdtempSync(path.join(tmpdir(), 'labproof-prebuilt-'));
});
afterEach(() => rmSync(beside, { recursive: true }));

function place(told: unknown, bytes: Uint8Array | null = BYTES): string {
  const folder = path.join(beside, `kernels-${PLATFORM}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'kernels.json'), JSON.stringify(told));
  const file = path.join(folder, 'kernels.node');
  if (bytes !== null) writeFileSync(file, bytes);
  return file;
}

const look = (): unknown => findPrebuilt([pathToFileURL(`${beside}/`)], PLATFORM);

test('kernels of these sources are found beside', () => {
  const file = place({ sources: sourcesDigest(), addon: sha256 });
  expect(look()).toEqual({ kind: 'found', name: NAME, file });
});

test('none are no error', () => {
  expect(look()).toEqual({ kind: 'absent', name: NAME });
});

test.each([
  ['other sources', { sources: '0'.repeat(64), addon: sha256 }, BYTES, /other sources/u],
  ['a changed file', { sources: sourcesDigest(), addon: sha256 }, Buffer.from('x'), /damaged/u],
  ['no file', { sources: sourcesDigest(), addon: sha256 }, null, /cannot be read/u],
  ['a kernels.json of another form', { sources: 7 }, BYTES, /cannot be read/u],
])('kernels with %s are refused, and say why', (_, told, bytes, reason) => {
  place(told, bytes);
  expect(look()).toEqual({ kind: 'refused', name: NAME, reason: expect.stringMatching(reason) });
});

test('the platform is of this system, and nothing in the working directory counts', () => {
  expect(kernelPlatform()).toMatch(
    new RegExp(`^${process.platform}-${process.arch}(-musl)?$`, 'u'),
  );
  const before = process.cwd();
  place({ sources: sourcesDigest(), addon: sha256 });
  process.chdir(beside);
  try {
    expect(findPrebuilt(undefined, PLATFORM)).toEqual({ kind: 'absent', name: NAME });
  } finally {
    process.chdir(before);
  }
});
