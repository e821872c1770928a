import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licencesOf } from '../scripts/bundle/licences.ts';
import { places } from '../scripts/bundle/places.ts';

let work: string;
beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'labproof-bundling-')));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  }
}

/** Bundles `cli/dist/bin.js` of a small checkout into `cli/dist/bundle`. */
async function bundled(started: ReadonlySet<string>): Promise<Record<string, unknown>> {
  const packages = join(work, 'packages');
  const out = join(packages, 'cli/dist/bundle');
  const bundle = await rolldown({
    cwd: packages,
    input: { bin: join(packages, 'cli/dist/bin.js') },
    platform: 'node',
    plugins: [places(packages, started)],
    logLevel: 'silent',
  });
  await bundle.write({ dir: out, format: 'esm' });
  await bundle.close();
  return import(pathToFileURL(join(out, 'bin.js')).href) as Promise<Record<string, unknown>>;
}

describe('a module in the bundle', () => {
  const small = {
    'packages/core/package.json':
      '{"name":"@labproof/core","type":"module","exports":"./dist/index.js"}',
    'packages/core/dist/index.js':
      "export * from './inner/deep.js'; export * from './which.js'; export * from './starts.js';",
    'packages/core/dist/inner/deep.js': 'export const deep = import.meta.url;',
    'packages/core/dist/which.js': "export const which = 'packages';",
    'packages/core/dist/which-bundled.js':
      "export const which = 'bundle'; export const there = import.meta.url;",
    'packages/core/dist/starts.js':
      "export const started = { from: import.meta.url, path: './the-worker' };",
    'packages/cli/package.json': '{"name":"labproof","type":"module"}',
    'packages/cli/dist/bin.js':
      "export * from '@labproof/core'; export const own = import.meta.url;",
  };
  beforeEach(() => {
    write(small);
    mkdirSync(join(work, 'node_modules/@labproof'), { recursive: true });
    symlinkSync(join(work, 'packages/core'), join(work, 'node_modules/@labproof/core'));
  });
  const url = (path: string): string => pathToFileURL(join(work, 'packages', path)).href;

  it('finds its files as if it were in its package, its twin and what it starts in the bundle', async () => {
    expect(await bundled(new Set(['the-worker']))).toMatchObject({
      deep: url('core/dist/inner/deep.js'),
      own: url('cli/dist/bin.js'),
      which: 'bundle',
      there: url('cli/dist/bundle/bin.js'),
      started: { from: url('cli/dist/bundle/bin.js'), path: './the-worker' },
    });
  });

  it('starts nothing that is not bundled', async () => {
    await expect(bundled(new Set())).rejects.toThrow('starts the-worker, which is not bundled');
  });
});

describe('licences of what is in the bundle', () => {
  it('are those of every package, from its file or the end of its README', () => {
    write({
      'node_modules/alpha/package.json': '{"name":"alpha","version":"1.0.0"}',
      'node_modules/alpha/LICENSE.md': 'Alpha may be used.',
      'node_modules/@some/beta/package.json': '{"name":"@some/beta","version":"2.0.0"}',
      'node_modules/@some/beta/README.md':
        '# Beta\n\nUnder a licence.\n\n## License\n\nCopyright of Beta.\n',
      'node_modules/gamma/package.json': '{"name":"gamma","version":"3.0.0"}',
      'node_modules/gamma/README.md': '# Gamma',
    });
    const module = (path: string): string => join(work, 'node_modules', path);
    const text = licencesOf([
      module('alpha/lib/a.js'),
      module('alpha/lib/b.js'),
      module('@some/beta/index.js'),
      join(work, 'packages/core/dist/index.js'),
    ]);
    expect(text.match(/^\S+ \d\.\d\.\d$/gmu)).toEqual(['@some/beta 2.0.0', 'alpha 1.0.0']);
    expect(text).toContain('Alpha may be used.');
    expect(text).toContain('Copyright of Beta.');
    expect(text).not.toContain('Under a licence.');
    expect(() => licencesOf([module('gamma/index.js')])).toThrow('gamma comes without');
  });
});
