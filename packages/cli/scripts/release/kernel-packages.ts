import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sourcesDigest } from '../../../core/src/engines/sources-digest.ts';

/** A package of prebuilt kernels, ready to be packed. */
export interface KernelPackage {
  readonly name: string;
  readonly folder: string;
}

/** Where kernels were built, and what their packages are to be. */
interface KernelPackageOptions {
  readonly root: string;
  /** The folder in which `npm run build:prebuilt -w packages/core` has left one for each system. */
  readonly prebuilt: string;
  readonly version: string;
}

/**
 * Makes the packages of the kernels that were built beforehand, in folders below `work`; none where there are none.
 * Throws for kernels of other sources, which nobody could use.
 */
export function kernelPackages(
  { root, prebuilt, version }: KernelPackageOptions,
  work: string,
): KernelPackage[] {
  if (!existsSync(prebuilt)) return [];
  const sources = sourcesDigest();
  return readdirSync(prebuilt)
    .toSorted()
    .map((platform) => {
      const from = join(prebuilt, platform);
      const told = z
        .object({ sources: z.string() })
        .parse(JSON.parse(readFileSync(join(from, 'kernels.json'), 'utf8')));
      if (told.sources !== sources) {
        throw new Error(
          `${from} was built from other sources: npm run build:prebuilt -w packages/core`,
        );
      }
      const manifest = { ...kernelManifest(platform, version), ...repositoryOf(root) };
      const folder = join(work, `kernels-${platform}`);
      mkdirSync(folder);
      for (const file of ['kernels.node', 'kernels.json'])
        cpSync(join(from, file), join(folder, file));
      cpSync(join(root, 'packages/core/LICENSE'), join(folder, 'LICENSE'));
      writeFileSync(join(folder, 'README.md'), `# ${manifest.name}\n\n${manifest.description}.\n`);
      writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      return { name: manifest.name, folder };
    });
}

/** The address of the repository as the core has it, where its owner has set one: npm compares provenance with it. */
function repositoryOf(root: string): { readonly repository?: unknown } {
  const { repository } = z
    .object({ repository: z.unknown().optional() })
    .parse(JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8')));
  return repository === undefined ? {} : { repository };
}

interface KernelManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
  readonly files: readonly string[];
  readonly engines: { readonly node: string };
}

/** `linux-x64-musl` says the system, the processor and the C library, as npm chooses by them. */
function kernelManifest(platform: string, version: string): KernelManifest {
  const [os = '', cpu = '', libc = 'glibc'] = platform.split('-');
  return {
    name: `@labproof/kernels-${platform}`,
    version,
    description: `Labproof's arithmetic, compiled for ${platform}; @labproof/core takes it where it is installed`,
    license: 'MIT',
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' ? { libc: [libc] } : {}),
    files: ['kernels.node', 'kernels.json'],
    engines: { node: '>=20.19' },
  };
}
