import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Modules that tests start some hundred times in threads and processes of their own. */
const STARTED = [
  'packages/core/src/trials/trial-worker.ts',
  'packages/class/src/processes/grading-process.ts',
  'packages/class/test/support/batch-process.ts',
  'packages/queue/test/support/worker-process.ts',
  'packages/cli/src/pages/student-page-worker.ts',
  'packages/cli/src/bin.ts',
];

/** Libraries that find files of their own beside them, or bring machine code. */
const APART = /tfjs|pacote|npmcli|puppeteer|chromium|h5wasm|bullmq|ioredis|esbuild/;

/**
 * Global setup of vitest: bundles the sources of what tests start, each run anew, so that nothing stale can be tested.
 * A bundle starts in a sixth of the processor time that the TypeScript loader takes for the same modules.
 */
export default async function bundleStartedModules({
  config,
}: TestProject): Promise<(() => void) | undefined> {
  // One bundle is enough for all projects of a run; while somebody watches, sources change after it.
  if (process.env['LABPROOF_BUNDLES'] !== undefined || config.watch) return undefined;
  // Inside of the checkout, where libraries that stay apart are found.
  const folder = join(root, 'node_modules/.cache/labproof-tests', String(process.pid));
  await build({
    entryPoints: STARTED.map((path) => join(root, path)),
    outdir: folder,
    outbase: root,
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
  const bundles = STARTED.map((path) => [
    pathToFileURL(join(root, path)).href,
    pathToFileURL(join(folder, path.replace(/\.ts$/u, '.mjs'))).href,
  ]);
  mkdirSync(folder, { recursive: true });
  const list = join(folder, 'bundles.json');
  writeFileSync(list, JSON.stringify(Object.fromEntries(bundles)));
  process.env['LABPROOF_BUNDLES'] = list;
  return () => {
    delete process.env['LABPROOF_BUNDLES'];
    rmSync(folder, { recursive: true, force: true });
  };
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
