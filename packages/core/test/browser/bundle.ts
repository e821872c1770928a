import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

/** A browser bundle of an entry of this folder, and the modules that went into it. */
export interface Bundle {
  readonly script: string;
  readonly metafile: Metafile;
}

/** Bundles a file beside this one with all that it imports, as a page would load it. */
export async function bundleForBrowser(entry: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@labproof/source'],
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('the bundle has no output');
  return { script: file.text, metafile };
}
