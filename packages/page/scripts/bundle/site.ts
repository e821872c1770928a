import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '@labproof/core';
import { packageFile, packageFilesOfPages, pageStyle } from '@labproof/report';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import type { Assets } from '../../src/site.ts';
import { hdf5Apart } from './hdf5-apart.ts';
import { withoutNode } from './without-node.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const COMMON = {
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  conditions: ['@labproof/source'],
  legalComments: 'none',
  // Its build for browsers, which brings its own Buffer along.
  alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Entries of the page by what the assets call them. */
const ENTRIES = {
  main: at('../../page/main.tsx'),
  checkWorker: at('../../page/worker/check-worker.ts'),
  poolWorker: at('../../page/worker/pool-worker.ts'),
  playgroundWorker: at('../../page/worker/playground-worker.ts'),
} as const;

/** Writes scripts, style, kernels and fonts of a page, and `assets.json`, which names them. */
export async function buildSite(out: string): Promise<Assets> {
  const files = new Map<string, Uint8Array>();
  const add = (name: string, extension: string, content: Uint8Array): string => {
    const path = `${name}-${sha256Hex(content).slice(0, 12)}${extension}`;
    files.set(path, content);
    return path;
  };
  const library = await bundleHdf5(add);
  const { scripts, entries } = await bundleScripts(library, files);
  const style = await build({ ...COMMON, entryPoints: [at('../../page/self-check.css')] });
  const { path: fonts, fontFiles } = collectFonts(add);
  const assets: Assets = {
    ...entries,
    style: add('self-check', '.css', utf8(`${pageStyle()}\n${style.outputFiles[0]?.text ?? ''}`)),
    scripts: [...scripts, library],
    kernels: add('kernels', '.wasm', readFileSync(at('../../../core/kernels/kernels.wasm'))),
    fonts,
    fontFiles,
    files: {},
  };
  const sums = [...files].map(([path, content]) => [path, sha256Hex(content)] as const);
  const whole = { ...assets, files: Object.fromEntries(sums.toSorted()) };
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [path, content] of files) writeFileSync(join(out, path), content);
  writeFileSync(join(out, 'service-worker.js'), await serviceWorker());
  writeFileSync(join(out, 'assets.json'), JSON.stringify(whole, null, 1));
  return whole;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

type Add = (name: string, extension: string, content: Uint8Array) => string;

/** The reader of HDF5 as a file of its own, which can be loaded again after a crash; its WebAssembly lies beside it. */
async function bundleHdf5(add: Add): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [fileURLToPath(import.meta.resolve('h5wasm'))],
    plugins: [withoutNode(), hdf5Apart((binary) => add('hdf5', '.z', binary))],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('h5wasm came to no bundle');
  return add('h5wasm', '.js', bundle.contents);
}

/** Bundles the entries, and keeps of the files what they can reach: code that nothing imports has imports of its own. */
async function bundleScripts(
  library: string,
  files: Map<string, Uint8Array>,
): Promise<{ scripts: string[]; entries: Record<keyof typeof ENTRIES, string> }> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    entryPoints: Object.entries(ENTRIES).map(([out, path]) => ({ in: path, out })),
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    outdir: 'site',
    absWorkingDir: at('../..'),
    splitting: true,
    metafile: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { LABPROOF_H5WASM: JSON.stringify(library) },
    plugins: [withoutNode()],
  });
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const of = (source: string): string => {
    const found = Object.entries(metafile.outputs).find(
      ([, { entryPoint }]) => entryPoint !== undefined && source.endsWith(`/${entryPoint}`),
    );
    if (found === undefined) throw new Error(`there is no bundle of ${source}`);
    return found[0];
  };
  const starts = Object.values(ENTRIES).map((source) => of(source));
  const reached = reachable(metafile, starts);
  assertWithoutNode(metafile, reached);
  for (const { path, contents } of outputFiles) {
    if (reached.has(nameOf(path))) files.set(nameOf(path), contents);
  }
  const entries = Object.fromEntries(
    Object.entries(ENTRIES).map(([name, source]) => [name, nameOf(of(source))]),
  ) as Record<keyof typeof ENTRIES, string>;
  const forCheck = reachable(metafile, [of(ENTRIES.checkWorker)]);
  return { scripts: [...forCheck].toSorted(), entries };

  function reachable(meta: Metafile, from: readonly string[]): Set<string> {
    const found = new Set(from);
    for (const path of found) {
      for (const next of meta.outputs[path]?.imports ?? [])
        if (!next.external) found.add(next.path);
    }
    return new Set([...found].map((path) => nameOf(path)));
  }
}

/** A module of Node in a bundle would fail in a browser, and only there. */
function assertWithoutNode({ outputs }: Metafile, reached: ReadonlySet<string>): void {
  for (const [path, { imports }] of Object.entries(outputs)) {
    if (!reached.has(path.slice(path.lastIndexOf('/') + 1))) continue;
    const external = imports.filter((one) => one.external === true && !one.path.startsWith('<'));
    if (external.length > 0) {
      const names = external.map((one) => one.path).join(', ');
      throw new Error(`${path} would import modules of Node in a browser: ${names}`);
    }
  }
}

function collectFonts(add: Add): { path: string; fontFiles: Assets['fontFiles'] } {
  const parts: Uint8Array[] = [];
  const fontFiles: Assets['fontFiles'] = [];
  let end = 0;
  for (const path of packageFilesOfPages()) {
    const [, name = '', file = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/u.exec(path) ?? [];
    const bytes = packageFile(name, file);
    parts.push(bytes);
    fontFiles.push({ path, from: end, to: end + bytes.length });
    end += bytes.length;
  }
  return { path: add('fonts', '.bin', Buffer.concat(parts)), fontFiles };
}

async function serviceWorker(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...COMMON,
    format: 'iife',
    entryPoints: [at('../../page/worker/service-worker.ts')],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
