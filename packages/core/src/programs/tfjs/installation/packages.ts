import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { TfjsBackend } from './names.ts';

/** A package that was found, with the `require` that loads it and its neighbours. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly require: NodeJS.Require;
}

/** The packages of a backend: the one that is the `tf` namespace first, then what must be loaded beside it. */
export type BackendPackages = readonly [FoundPackage, ...FoundPackage[]];

/** Package names that make up each backend; the first set that is complete is taken. */
const PACKAGES: Readonly<Record<TfjsBackend, readonly (readonly [string, ...string[]])[]>> = {
  tensorflow: [['@tensorflow/tfjs-node-gpu'], ['@tensorflow/tfjs-node']],
  wasm: [['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']],
  cpu: [['@tensorflow/tfjs']],
};

/** Names the folder in whose `node_modules` TensorFlow.js lies, where it does not lie beside Labproof. */
export const TENSORFLOW_FOLDER = 'LABPROOF_TENSORFLOW';

/**
 * Where packages are looked for: beside Labproof, then in the folder that somebody named. Never by the working directory:
 * it may be what a student handed in, and what is found is loaded as code.
 * Looking reads `package.json` files and runs nothing.
 */
export function searchRoots(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): NodeJS.Require[] {
  const named = environment[TENSORFLOW_FOLDER];
  return [import.meta.url, ...(named ? [resolve(named, 'package.json')] : [])].map((from) =>
    createRequire(from),
  );
}

/** The installed packages of a backend, all from one place, or `null`. */
export function findBackend(
  backend: TfjsBackend,
  roots: readonly NodeJS.Require[] = searchRoots(),
): BackendPackages | null {
  for (const root of roots) {
    for (const [first, ...others] of PACKAGES[backend]) {
      const main = findPackage(first, root);
      const rest = others.flatMap((name) => findPackage(name, root) ?? []);
      if (main !== null && rest.length === others.length) return [main, ...rest];
    }
  }
  return null;
}

/** Whether the install script of tfjs-node or tfjs-node-gpu left its native part behind. */
export function hasNativePart({ directory }: FoundPackage): boolean {
  return [8, 7, 6, 5, 4, 3].some((version) =>
    existsSync(join(directory, 'lib', `napi-v${version}`, 'tfjs_binding.node')),
  );
}

function findPackage(name: string, root: NodeJS.Require): FoundPackage | null {
  try {
    const manifest = root.resolve(`${name}/package.json`);
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(manifest, 'utf8')));
    return { name, version, directory: dirname(manifest), require: root };
  } catch {
    return null;
  }
}
