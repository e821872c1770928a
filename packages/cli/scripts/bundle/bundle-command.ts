import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { rolldown, type RolldownOutput } from 'rolldown';
import { z } from 'zod';
import { LIBRARIES_APART } from './libraries-apart.ts';
import { places } from './places.ts';

/** What is started, by its file in the bundle: the command, and the threads and processes that it starts. */
const ENTRIES: Readonly<Record<string, string>> = {
  bin: 'cli/dist/bin.js',
  'grading-process': 'class/dist/processes/grading-process.js',
  'student-page-worker': 'cli/dist/pages/student-page-worker.js',
  'trial-worker': 'core/dist/trials/trial-worker.js',
  'device-worker': 'core/dist/trials/device-worker.js',
};

/** Bundles the built command into a folder; gives the files of all modules that are in it. */
export async function bundleCommand(packages: string, out: string): Promise<string[]> {
  const started = new Set(Object.keys(ENTRIES));
  const bundle = await rolldown({
    cwd: packages,
    input: Object.fromEntries(
      Object.entries(ENTRIES).map(([name, path]) => [name, join(packages, path)]),
    ),
    platform: 'node',
    external: (id) => LIBRARIES_APART.includes(packageOf(id)),
    plugins: [places(packages, started)],
    onLog(level, log) {
      // Nothing that a bundler has doubts about goes out.
      if (level === 'warn') throw new Error(`${log.code}: ${log.message}`);
    },
  });
  const { output } = await bundle.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    comments: false,
  });
  await bundle.close();
  assertInstalled(output, join(packages, 'cli/package.json'));
  return output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
}

/** What stays apart is looked for from the command's own package, which therefore has to need it itself. */
function assertInstalled(output: RolldownOutput['output'], manifest: string): void {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const chunks = new Set<string>(output.map(({ fileName }) => fileName));
  for (const file of output) {
    if (file.type !== 'chunk') continue;
    for (const imported of [...file.imports, ...file.dynamicImports]) {
      if (chunks.has(imported) || isBuiltin(imported)) continue;
      if (dependencies[packageOf(imported)] === undefined) {
        throw new Error(`${imported} stays out of the bundle: cli/package.json has to name it`);
      }
    }
  }
}

/** `@scope/name` or `name` of what is imported from a package; anything else of other imports. */
function packageOf(id: string): string {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}
