import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/** Bundled as for a page; a module of Node that is left in the bundle would fail there. */
it('is held by a browser: nothing that it reaches is a module of Node', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    platform: 'browser',
    format: 'esm',
    conditions: ['@labproof/source'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'modules of Node',
        setup({ onResolve }) {
          // A package's own `browser` field comes first: it may put something else in a module's place.
          onResolve({ filter: /.*/ }, ({ path, importer }) =>
            builtins.has(path) && !/[\\/]node_modules[\\/]seedrandom[\\/]/u.test(importer)
              ? { path, external: true, sideEffects: false }
              : undefined,
          );
        },
      },
    ],
  });
  const [bundle] = Object.values(metafile.outputs);
  const kept = Object.keys(bundle?.inputs ?? {});
  expect(kept.some((path) => path.endsWith('src/files/zip-archive.ts'))).toBe(true);
  expect(bundle?.imports.filter(({ external }) => external === true)).toEqual([]);
});
