import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { cacheRoot, makePrivateFolder } from './cache-folder.ts';

/** A browser unpacked from the npm package, and the folder of shared libraries that it may need. */
export interface BundledBrowser {
  readonly executable: string;
  readonly libraries: string;
}

const PACKAGE = '@sparticuz/chromium';

/** The root of the npm package that carries Chromium, or `null` where it is not installed. */
function packageRoot(): string | null {
  try {
    let folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
    while (!existsSync(join(folder, 'bin', 'chromium.br'))) {
      const parent = dirname(folder);
      if (parent === folder) return null;
      folder = parent;
    }
    return folder;
  } catch {
    return null;
  }
}

/** Why the bundled browser cannot serve this machine; `null` when it can. It is an x86-64 Linux program built on glibc. */
export function bundledBrowserObstacle(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `the bundled Chromium is for Linux on x86-64, this is ${process.platform} on ${process.arch}`;
  }
  if (packageRoot() === null) return `the npm package ${PACKAGE} is not installed`;
  return null;
}

/**
 * Unpacks the bundled Chromium once into a private folder named after its version (about 186 MB, 1.5 s).
 * The package's own helper is not used: it runs whatever file is called /tmp/chromium.
 */
export async function unpackBundledBrowser(): Promise<BundledBrowser> {
  const root = packageRoot();
  if (root === null) throw new Error(`the npm package ${PACKAGE} is not installed`);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const parent = join(cacheRoot(), 'browsers');
  makePrivateFolder(parent);
  const home = join(parent, `chromium-${manifest.version}`);
  if (existsSync(home)) {
    makePrivateFolder(home);
  } else {
    await unpackInto(home, parent, join(root, 'bin'));
  }
  return { executable: join(home, 'chromium'), libraries: join(home, 'al2023', 'lib') };
}

/** Unpacks beside the final place and renames, so that an interrupted or a parallel run never leaves half a browser. */
async function unpackInto(home: string, parent: string, archives: string): Promise<void> {
  const temporary = await mkdtemp(join(parent, 'unpacking-'));
  try {
    await Promise.all([
      pipeline(
        createReadStream(join(archives, 'chromium.br')),
        createBrotliDecompress({ chunkSize: 1 << 20 }),
        createWriteStream(join(temporary, 'chromium'), { mode: 0o700 }),
      ),
      pipeline(
        createReadStream(join(archives, 'al2023.tar.br')),
        createBrotliDecompress(),
        extract(join(temporary, 'al2023')),
      ),
    ]);
    await rename(temporary, home);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(join(home, 'chromium'))) throw error;
  }
}
