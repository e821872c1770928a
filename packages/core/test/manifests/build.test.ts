import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/digest.ts';
import { BuildSchema, thisBuild } from '../../src/manifests/build.ts';
import { BUNDLE_RECORD, bundleRecord, digestOfBundle } from '../../src/manifests/bundle-record.ts';
import { codeDigest } from '../../src/manifests/code-digest.ts';

describe('the build that computes', () => {
  it('names both modules of WebAssembly by their digests', async () => {
    const build = thisBuild();
    for (const [name, digest] of [
      ['kernels', build.wasm],
      ['kernels-threads', build.wasmThreads],
    ]) {
      const file = fileURLToPath(new URL(`../../kernels/${name}.wasm`, import.meta.url));
      expect(digest).toBe(sha256Hex(await readFile(file)));
    }
    expect(build.wasm).not.toBe(build.wasmThreads);
  });

  it('is read from before the second one was named', () => {
    const { wasmThreads: _, ...before } = thisBuild();
    expect(BuildSchema.parse(before)).toStrictEqual(before);
  });
});

describe('the code of a bundle', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'labproof-bundle-'));
    writeFileSync(join(folder, 'bin.js'), '1;\n');
    writeFileSync(join(folder, 'part.js'), '2;\n');
    writeFileSync(join(folder, BUNDLE_RECORD), bundleRecord(folder, codeDigest()));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is that of the packages that it was made of, until one of its scripts is another', () => {
    expect(digestOfBundle(folder)).toBe(codeDigest());
    writeFileSync(join(folder, 'part.js'), '3;\n');
    const changed = digestOfBundle(folder);
    expect(changed).toMatch(/^[0-9a-f]{64}$/u);
    expect(changed).not.toBe(codeDigest());
    writeFileSync(join(folder, 'part.js'), '2;\n');
    expect(digestOfBundle(folder)).toBe(codeDigest());
    writeFileSync(join(folder, 'more.js'), '4;\n');
    expect(digestOfBundle(folder)).not.toBe(codeDigest());
    rmSync(join(folder, 'more.js'));
    rmSync(join(folder, 'part.js'));
    expect(digestOfBundle(folder)).not.toBe(codeDigest());
  });
});
