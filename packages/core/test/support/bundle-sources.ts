import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** The checkout. */
export const root: string = fileURLToPath(new URL('../../../..', import.meta.url));

/** Libraries that find files of their own beside them, or bring machine code. */
const APART = /tfjs|pacote|npmcli|puppeteer|chromium|h5wasm|bullmq|ioredis|libsql|esbuild/;

/**
 * Bundles programs with the sources of our packages, as modules that Node runs without a loader: each has the path of
 * its source below `from` in the folder `to`, from where the checkout's node_modules can be found.
 */
export async function bundleSources(
  programs: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await build({
    entryPoints: programs.map((path) => join(from, path)),
    outdir: to,
    outbase: from,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@labproof/source'],
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[hash]',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
    plugins: [ownUrls, librariesApart],
  });
}

/** A source finds the files beside it from wherever it was bundled to. */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]packages[/\\].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
    }));
  },
};

const librariesApart: Plugin = {
  name: 'libraries-apart',
  setup({ onResolve }) {
    onResolve({ filter: APART }, ({ path, resolveDir }) => {
      if (path.startsWith('.') || path.startsWith('/')) return undefined;
      const name = path.split('/').slice(0, path.startsWith('@') ? 2 : 1);
      // What a package has for itself alone would not be found from the bundle.
      const [packageFolder] = /^packages[/\\][^/\\]+/u.exec(relative(root, resolveDir)) ?? [];
      const own = packageFolder !== undefined && join(root, packageFolder, 'node_modules', ...name);
      if (own !== false && existsSync(own)) throw new Error(`${path} is not hoisted: ${own}`);
      return { path, external: true };
    });
  },
};
