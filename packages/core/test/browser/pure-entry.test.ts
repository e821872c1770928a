import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { bundleForBrowser } from './bundle.ts';

describe('@labproof/core/browser', () => {
  it('reaches no module of Node and nothing that touches files', async () => {
    const { metafile } = await bundleForBrowser('../../src/browser.ts');
    const modules = Object.entries(metafile.inputs);
    const ours = modules.map(([path]) => path).filter((path) => !path.includes('node_modules'));
    const imports = modules.flatMap(([from, { imports }]) =>
      imports.map(({ path, original, external }) => ({ from, path, original, external })),
    );
    // Of the libraries only seedrandom asks for Node's crypto, where it is, and its package.json says "browser": false.
    const builtin = imports.filter(
      ({ original, external }) => external || isBuiltin(original ?? ''),
    );
    expect(builtin.filter(({ from }) => !from.includes('seedrandom'))).toEqual([]);
    expect(builtin.filter(({ external }) => external)).toEqual([]);
    expect(ours.some((path) => path.endsWith('src/training/trainer.ts'))).toBe(true);
    expect(ours.some((path) => path.endsWith('src/engines/wasm.ts'))).toBe(true);
    expect(ours.filter((path) => /engine-files|run-trials|store\.ts/u.test(path))).toEqual([]);
  });
});
