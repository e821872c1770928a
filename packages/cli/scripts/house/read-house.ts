import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { importsOf } from './imports.ts';

const PACKAGES = fileURLToPath(new URL('../../..', import.meta.url));
const Names = z.record(z.string(), z.string()).optional();
const ManifestSchema = z.object({
  name: z.string(),
  dependencies: Names,
  devDependencies: Names,
  peerDependencies: Names,
  optionalDependencies: Names,
});

/** A source file of a package and the modules that it names. */
export interface SourceFile {
  /** Below the package's `src`, `test` or `scripts`, with `/`. */
  readonly path: string;
  readonly part: 'src' | 'test' | 'scripts';
  readonly imports: readonly string[];
}

/** A package as it stands on the disk. */
export interface HousePackage {
  /** Its folder below `packages`. */
  readonly folder: string;
  /** As others import it. */
  readonly name: string;
  /** Names of what is there when somebody installs it. */
  readonly dependencies: ReadonlySet<string>;
  /** Besides these, what is there while it is worked on. */
  readonly devDependencies: ReadonlySet<string>;
  readonly files: readonly SourceFile[];
}

/** Reads every package of the repository, in code-unit order. */
export function readHouse(): HousePackage[] {
  return readdirSync(PACKAGES)
    .toSorted()
    .filter((folder) => existsSync(join(PACKAGES, folder, 'package.json')))
    .map((folder) => readPackage(folder));
}

function readPackage(folder: string): HousePackage {
  const root = join(PACKAGES, folder);
  const manifest = ManifestSchema.parse(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  );
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest;
  return {
    folder,
    name: manifest.name,
    dependencies: new Set(
      Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }),
    ),
    devDependencies: new Set(Object.keys({ ...devDependencies })),
    files: (['src', 'test', 'scripts'] as const).flatMap((part) => readPart(root, part)),
  };
}

function readPart(root: string, part: SourceFile['part']): SourceFile[] {
  const base = join(root, part);
  if (!existsSync(base)) return [];
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => path.split(sep).join('/'))
    .toSorted()
    .map((path) => ({ path, part, imports: importsOf(readFileSync(join(base, path), 'utf8')) }));
}

/** Where a relative import of a file leads, below the same `src`, `test` or `scripts`; `null` where it leads out of it. */
export function targetOf({ path }: SourceFile, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const target = relative('/', join('/', 'root', dirname(path), specifier))
    .split(sep)
    .join('/');
  return target.startsWith('root/') ? target.slice('root/'.length) : null;
}

/** The package that a bare import names: `@labproof/core/browser` is of `@labproof/core`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
