import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A module of a package that runs in a thread or a process of its own. */
export interface StartedModule {
  /** `import.meta.url` of the module that starts it. */
  readonly from: string;
  /** Its path from there, without the ending: `./trial-worker`. */
  readonly path: string;
}

const SOURCES = '--conditions=@labproof/source';

export function startThread(module: StartedModule, options: WorkerOptions): Worker {
  const { url, loader } = findModule(module);
  if (loader === null) return new Worker(url, options);
  // Loader hooks do not reach a worker's own entry file, so the entry registers them first.
  const entry = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url.href)}); })`;
  return new Worker(entry, { ...options, eval: true, execArgv: [SOURCES] });
}

export function startProcess(
  module: StartedModule,
  args: readonly string[],
  options: ForkOptions,
): ChildProcess {
  const { url, loader } = findModule(module);
  const execArgv = [...(options.execArgv ?? []), ...loaderArguments(loader)];
  return fork(fileURLToPath(url), args, { ...options, execArgv });
}

/** What follows `node` on a command line that runs the module. */
export function nodeArguments(module: StartedModule): string[] {
  const { url, loader } = findModule(module);
  return [...loaderArguments(loader), fileURLToPath(url)];
}

function loaderArguments(loader: string | null): string[] {
  return loader === null ? [] : [SOURCES, `--import=${loader}`];
}

/**
 * A built package is JavaScript and needs nothing. Sources (tests, development) are TypeScript and need the tsx loader,
 * which takes longer than the rest of the start; whoever starts many bundles them beforehand and says where.
 */
function findModule({ from, path }: StartedModule): { url: URL; loader: string | null } {
  if (!from.endsWith('.ts')) return { url: new URL(`${path}.js`, from), loader: null };
  const source = new URL(`${path}.ts`, from);
  const bundle = bundles()[source.href];
  if (bundle !== undefined) return { url: new URL(bundle), loader: null };
  return { url: source, loader: pathToFileURL(createRequire(from).resolve('tsx')).href };
}

/** `LABPROOF_BUNDLES` names a file of JSON: for the URL of a source the URL of its bundle. */
function bundles(): Readonly<Record<string, string>> {
  const file = process.env['LABPROOF_BUNDLES'];
  return file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'));
}
